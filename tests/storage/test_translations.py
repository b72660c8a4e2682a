"""A translation is linked where it is certain, and only there."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from sqlalchemy import select

from storage.engine import Database
from storage.models import Article
from storage.queries import Filters, list_rows
from storage.translations import gist_of
from tests.making import (
    NOW,
    Printed,
    extraction,
    print_and_record,
    quote,
    record,
    set_text,
)

ENGLISH = "We lost 1,200 jobs in 2017 and we will not lose another 300."
FRENCH = "Nous avons perdu 1 200 emplois en 2017 et n’en perdrons pas 300 de plus."
SPANISH = "Perdimos 1.200 empleos en 2017 y no perderemos otros 300."
WEDNESDAY = NOW


def say(
    database: Database,
    words: str,
    lang: str,
    *,
    hours: float = 0,
    actor: str | None = "verheul",
    url: str | None = None,
) -> None:
    said = f"{words} That was all."
    at = WEDNESDAY + timedelta(hours=hours)
    print_and_record(
        database,
        url or f"https://{lang}.example/{len(words)}-{hours}",
        said,
        extraction(quotes=[quote(said, words, actor=actor, party="CA")], lang=lang),
        published=at,
    )


def links(database: Database) -> dict[str, str | None]:
    """The language of each statement's original, by its own language."""
    with database.read() as connection:
        rows = list_rows(connection, "quotes", Filters()).rows
    langs = {row["event_id"]: row["lang"] for row in rows}
    return {row["lang"]: langs.get(row["translation_of"]) for row in rows}


@pytest.mark.parametrize("order", list(permutations(range(3))), ids=str)
def test_translations_are_linked_to_what_was_first_whatever_came_in_first(
    database: Database, order: tuple[int, ...]
) -> None:
    said = [(ENGLISH, "en", 1.0), (FRENCH, "fr", 0.0), (SPANISH, "es", 5.0)]
    for words, lang, hours in (said[number] for number in order):
        say(database, words, lang, hours=hours)
    assert links(database) == {"fr": None, "en": "fr", "es": "fr"}


@pytest.mark.parametrize(
    ("words", "actor", "hours"),
    [
        pytest.param(FRENCH, "guajardo", 1, id="another speaker"),
        pytest.param(FRENCH, None, 1, id="a speaker not in the pack"),
        pytest.param(FRENCH.replace("300", "500"), "verheul", 1, id="another figure"),
        pytest.param(
            "En 2017, nous avons perdu 1 200 emplois; pas 300 de plus.", "verheul", 1, id="order"
        ),
        pytest.param(FRENCH, "verheul", 8 * 24, id="another week"),
        pytest.param(f"{FRENCH[:-1]} {'vraiment ' * 20}.", "verheul", 1, id="far longer"),
    ],
)
def test_what_is_not_certain_is_not_linked(
    database: Database, words: str, actor: str | None, hours: float
) -> None:
    say(database, ENGLISH, "en")
    say(database, words, "fr", hours=hours, actor=actor)
    assert set(links(database).values()) == {None}


def test_two_that_fit_are_none(database: Database) -> None:
    say(database, ENGLISH, "en")
    say(database, FRENCH, "fr", hours=1)
    assert links(database)["fr"] == "en"
    other = "Perdre 1 200 postes en 2017, c’était assez; 300 autres, jamais, a-t-il ajouté ici."
    say(database, other, "fr", hours=2)
    assert set(links(database).values()) == {None}


def test_a_withdrawn_statement_is_no_original(database: Database) -> None:
    say(database, ENGLISH, "en", url="https://a.example/1")
    say(database, FRENCH, "fr", hours=1)
    with database.write() as connection:
        id = connection.scalar(select(Article.id).where(Article.url == "https://a.example/1"))
        assert id is not None
        set_text(connection, id, "Nothing.")
    record(database, Printed(id, "", "Nothing."), extraction())
    assert links(database)["fr"] is None


@pytest.mark.parametrize(
    ("text", "gist"),
    [
        ("25 % on steel and 10 % on aluminium", None),
        ("16.5 and 2,018", "x 2018-13 165 2018"),
        ("16,5 et 2 018", "x 2018-13 165 2018"),
        ("25 and 25 and 2525", "x 2018-13 25 25 2525"),
        ("7 and 8", None),
        ("232 and 232", None),
        ("no figure", None),
        ("2018", None),
        (" ".join(map(str, range(100, 200))), None),
    ],
)
def test_a_gist_is_the_figures_in_their_order(text: str, gist: str | None) -> None:
    at = datetime(2018, 3, 28, 15, tzinfo=UTC)
    assert gist_of("x", "direct", text, at) == gist
    assert gist_of(None, "direct", text, at) is None
    assert gist_of("x", "indirect", text, at) is None
