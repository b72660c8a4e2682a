"""Lines among the paragraphs that are none of the article's."""

from datetime import UTC, datetime

import pytest

from monitor.articles.trimming import trimmed, without_walls

PARAGRAPHS = ["The ministers met in Ottawa on Wednesday.", "They will meet again in May."]


def between(line: str) -> str:
    return "\n\n".join([PARAGRAPHS[0], line, PARAGRAPHS[1]])


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement",
        "Story continues below advertisement",
        "Read more: Tariffs hit farmers in the west",
        "RELATED: What the sunset clause would do",
        "Sign up for our newsletter and get the day's stories in your inbox.",
        "Follow us on Twitter",
        "Share this article",
        "© 2018 The Harbour Courier. All rights reserved.",
        "WATCH: Ministers speak in Ottawa",
        "PUBLICITÉ",
        "Lire aussi : Le lait au cœur des discussions",
        "À lire aussi : Le lait au cœur des discussions",
        "Inscrivez-vous à notre infolettre quotidienne",
        "Abonnez-vous à nos alertes",
        "Partager cet article",
        "Tous droits réservés",
        "PUBLICIDAD",
        "Lea también: El campo ante los aranceles",
        "Te puede interesar: El campo ante los aranceles",
        "Suscríbete a nuestro boletín",
        "Síguenos en Facebook",
        "Compartir en WhatsApp",
        "Read more → Tariffs hit farmers",
        "Facebook | WhatsApp",
    ],
)
def test_an_aside_is_left_out(line: str) -> None:
    assert trimmed(between(line), None) == "\n\n".join(PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "Read more widely, the clause binds all three.",
        "Copyright would last seventy years under the draft.",
        "Related talks on steel go on in Washington.",
        "“Follow us on Twitter,” the minister told farmers.",
        "Advertisement rules were one of the chapters closed in March.",
        "Share of auto parts made in the region: 62.5 per cent.",
        "Subscribe to that view and you end with no deal.",
        "Suivez la procédure prévue, a-t-il dit.",
        "Publicité et données : deux chapitres restent ouverts.",
        "Sigue en pie la cláusula de terminación.",
        "Comparte México esa preocupación.",
        "Anuncio de aranceles sacude al peso.",
        "Recibe el Senado el texto del tratado.",
    ],
)
def test_a_line_of_the_reporter_s_is_kept(line: str) -> None:
    assert trimmed(between(line), None) == between(line)


def test_the_title_over_the_text_is_left_out() -> None:
    text = between("Ministers meet in Ottawa")
    assert trimmed(f"Ministers Meet in Ottawa!\n\n{text}", "Ministers meet in Ottawa") == text


def test_a_text_that_is_its_title_stays() -> None:
    assert trimmed("No deal", "No deal") == "No deal"


PUBLISHED = datetime(2018, 3, 28, 21, 5, tzinfo=UTC)
BODY = [*PARAGRAPHS, "Farmers wait.", "So do fishermen.", "The bay is quiet.", "Nobody knows more."]


def signed(line: str, at: int) -> str:
    return "\n\n".join([*BODY[:at], line, *BODY[at:]])


@pytest.mark.parametrize("at", [0, 1, 6])
@pytest.mark.parametrize(
    "line",
    [
        *("Ann Olsen", "By Ann Olsen and Raj Patel", "Propos recueillis par Ann Olsen"),
        *("Por Jimena Prado", "Wednesday, March 28, 2018", "28 mars 2018 à 17h05"),
        "By ANN OLSEN, Staff Writer",
    ],
)
def test_a_line_that_only_signs_or_dates_the_text_is_left_out(line: str, at: int) -> None:
    assert trimmed(signed(line, at), None, "Ann Olsen, Raj Patel", PUBLISHED) == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "line",
    [
        *("Deadline: May 1, 2018", "By Friday, a new text", "Ann Olsen told the court so."),
        *("“Ann Olsen knows,” he said", "Par ailleurs, rien"),
    ],
)
def test_a_line_that_says_more_stays(line: str) -> None:
    assert line in trimmed(signed(line, 1), None, "Ann Olsen", PUBLISHED).split("\n\n")


def test_a_date_in_the_middle_stays() -> None:
    assert trimmed(signed("March 28, 2018", 3), None, None, PUBLISHED) == (
        signed("March 28, 2018", 3)
    )


@pytest.mark.parametrize(
    "line", ["Ann Olsen covers trade for the Courier. Write to her.", "*jpm", "AFP", "Raj Patel"]
)
def test_what_stands_below_the_text_about_its_author_is_left_out(line: str) -> None:
    assert trimmed(signed(line, 6), None, "Ann Olsen") == "\n\n".join(BODY)


@pytest.mark.parametrize(
    "line",
    [
        "“The ministers met in Ottawa on Wednesday.”",
        "ministers met in Ottawa on Wednesday…",
        "The ministers met in Ottawa on Wednesday.",
    ],
)
def test_words_that_are_shown_twice_are_read_once(line: str) -> None:
    assert trimmed(signed(line, 4), None) == "\n\n".join(BODY)


def test_a_short_answer_may_come_twice() -> None:
    assert trimmed(signed("Farmers wait.", 5), None) == signed("Farmers wait.", 5)


def test_labels_over_a_repeated_title_are_left_out() -> None:
    text = "\n\n".join(["Home | News", "Trade", "Ministers meet", *BODY])
    assert trimmed(text, "Ministers meet") == "\n\n".join(BODY)
    assert trimmed(signed("Ministers meet", 2), "Ministers meet") == signed("Ministers meet", 2)


def test_a_wall_is_cut_off_and_never_the_whole_text() -> None:
    wall = "Subscribe to continue reading."
    assert without_walls("\n\n".join([*BODY, wall])) == "\n\n".join(BODY)
    assert without_walls(wall) == wall
