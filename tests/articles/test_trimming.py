"""Lines among the paragraphs that are none of the article's."""

import pytest

from monitor.articles.trimming import trimmed

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
