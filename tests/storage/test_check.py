"""`db check` is silent about a sound store, and names each fault that is planted."""

import json
import sqlite3
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from extractors.types import Stance
from monitor.cli import main
from storage.check import find_faults
from storage.engine import Database
from storage.full_text_index import index_everything
from storage.reminders import remind
from storage.retention import prune
from tests.making import (
    NOW,
    deadline,
    extraction,
    mention,
    print_and_record,
    quote,
    record,
    set_text,
)

SAID = "“We will not trade away our farmers,” Verheul said. Mexico opposes a sunset clause."
DUE = "Washington wants an agreement in principle by {day}, officials said."


@pytest.fixture
def filled(database: Database) -> Database:
    """A store with copies, a move, a withdrawal, a revision and a position."""
    found = extraction(
        quotes=[quote(SAID, "We will not trade away our farmers,")],
        issues=[mention(SAID, "sunset clause", "sunset", party="MX", stance=Stance.OPPOSES)],
    )
    for number in range(3):
        print_and_record(
            database, f"https://p{number}.example/1", SAID, found, outlet=f"Paper {number}"
        )
    for number, day in enumerate(("May 1", "May 17")):
        words = DUE.format(day=day)
        due = deadline(words, day, date(2018, 5, 1 + 16 * number), what="an agreement in principle")
        print_and_record(
            database,
            f"https://wire.example/{number}",
            words,
            extraction(deadlines=[due]),
            published=NOW + timedelta(days=number),
        )
    words = "Nothing will be signed this week, Guajardo told us."
    gone = print_and_record(
        database,
        "https://wire.example/gone",
        words,
        extraction(quotes=[quote(words, "Nothing will be signed this week", speaker="Guajardo")]),
    )
    with database.write() as connection:
        set_text(connection, gone.id, "It was all a mistake.")
    record(database, type(gone)(gone.id, gone.article_id, "It was all a mistake."), extraction())
    return database


def faults(database: Database) -> list[str]:
    with database.read() as connection:
        return list(find_faults(connection))


def test_a_sound_store_has_no_faults(filled: Database) -> None:
    assert faults(filled) == []


def test_a_store_stays_sound_when_time_passes_and_it_is_thinned_out(filled: Database) -> None:
    late = NOW + timedelta(days=200)
    with filled.write() as connection:
        remind(connection, late.date(), (30, 7, 1), late)
        prune(connection, articles_before=late, deliveries_before=late)
    assert faults(filled) == []


FIRST = "(SELECT min(event_id) FROM quote)"
PLANTED = {
    "an offset that points elsewhere": (
        f"UPDATE sighting SET start_offset = start_offset + 1 WHERE event_id = {FIRST}",
        "does not hold the text at",
    ),
    "a revision that is not stored": (
        f"UPDATE sighting SET revision = 9 WHERE event_id = {FIRST}",
        "names revision 9, which is not stored",
    ),
    "sightings of an old revision": (
        "UPDATE article SET extracted_revision = 2, revision = 2 WHERE id = 1",
        "is of revision 1, but 2 was read last",
    ),
    "an article without its text": (
        "DELETE FROM revision WHERE article_id = 1",
        "has lost its text",
    ),
    "a wrong count": (
        f"UPDATE event SET sightings = 7 WHERE id = {FIRST}",
        "counts 7 sightings, but 3 are stored",
    ),
    "a wrong count of outlets": (
        f"UPDATE event SET outlets = 1 WHERE id = {FIRST}",
        "counts 1 outlets, but 3 are stored",
    ),
    "an event without evidence": (
        f"DELETE FROM sighting WHERE event_id = {FIRST}",
        "is active without a sighting",
    ),
    "an event without data": (f"DELETE FROM quote WHERE event_id = {FIRST}", "has no data"),
    "data of another type": (
        """
        INSERT INTO quote (event_id, text, kind, context)
        SELECT id, 'x', 'direct', 'x' FROM event WHERE type = 'deadline'
        """,
        "has data of a quote, which it is not",
    ),
    "a move without its history": (
        "UPDATE deadline SET history = '[]' WHERE moves > 0",
        "counts 1 moves",
    ),
    "two events of one wording": (
        "UPDATE sighting SET digest = 7 WHERE part = 0",
        "they are one event",
    ),
    "a sighting that lost what it is made of": (
        f"UPDATE sighting SET item = NULL WHERE event_id = {FIRST}",
        "3 sightings have lost what their events are made of",
    ),
    "a story without articles": (
        """
        INSERT INTO story (story_id, lang, first_published_at)
        SELECT 's_none', 'en', min(first_published_at) FROM story
        """,
        "The story s_none has no article",
    ),
    "an event that was never told of": (
        f"DELETE FROM change WHERE event_id = (SELECT event_id FROM event WHERE id = {FIRST})",
        "was never told of in the outbox",
    ),
    "a first change that is missing": (
        "DELETE FROM change WHERE topic = 'deadline.new'",
        "the change before it is missing",
    ),
    "a last change that is missing": (
        "DELETE FROM change WHERE topic = 'deadline.moved'",
        "has another due, context than its last change",
    ),
    "a withdrawal that was not told": (
        "DELETE FROM change WHERE topic = 'quote.withdrawn'",
        "has another status than its last change",
    ),
    "words that were changed behind our back": (
        f"UPDATE quote SET text = 'other' WHERE event_id = {FIRST}",
        "has another text than its last change",
    ),
    "a change of an event that is not stored": (
        "UPDATE change SET event_id = 'q_none' WHERE topic = 'quote.withdrawn'",
        "tells of q_none, which is not stored",
    ),
    "an endpoint that is ahead": (
        """
        INSERT INTO endpoint (endpoint_id, url, secret, filters, added_at, cursor)
        SELECT 'w_1', 'https://x.example', 's', '{}', first_seen_at, 999 FROM event LIMIT 1
        """,
        "waits for changes after 999",
    ),
    "a document that is out of step": (
        f"UPDATE event_search SET document = ' other ' WHERE event_id = {FIRST}",
        "The search index is out of step for q_",
    ),
    "a document that is missing": (
        "DELETE FROM article_search WHERE article_id = 1",
        "The search index is out of step for a_",
    ),
}


@pytest.mark.parametrize(("planted", "told"), PLANTED.values(), ids=PLANTED.keys())
def test_a_planted_fault_is_named(filled: Database, planted: str, told: str) -> None:
    with filled.write() as connection:
        connection.execute(text(planted))
    found = faults(filled)
    assert any(told in fault for fault in found), found
    assert all(fault.endswith(".") and "\n" not in fault for fault in found)


def test_a_row_that_names_none_is_told(sqlite_database: Database) -> None:
    plain = sqlite3.connect(str(sqlite_database.path))
    plain.execute("INSERT INTO reminder (event_id, due_from, days) VALUES (77, '2018-01-01', 1)")
    plain.commit()
    plain.close()
    assert faults(sqlite_database) == [
        "1 rows of reminder name a row of event (event_id) that is not stored."
    ]


def test_a_number_that_would_be_given_twice_is_told(filled: Database) -> None:
    with filled.write() as connection:
        if filled.is_sqlite:
            connection.execute(text("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'change'"))
        else:
            connection.execute(text("SELECT setval(pg_get_serial_sequence('change', 'seq'), 1)"))
    (fault,) = faults(filled)
    assert fault.startswith("The next change would get the number 2, but ")


def test_a_view_that_leaves_rows_out_is_told(filled: Database) -> None:
    with filled.write() as connection:
        connection.execute(text("DROP VIEW stories"))
        connection.execute(text("CREATE VIEW stories AS SELECT * FROM story WHERE id > 1"))
    (fault,) = faults(filled)
    assert fault.startswith("The view stories shows ")


def test_an_index_of_words_that_is_out_of_step_is_told_and_made_anew(filled: Database) -> None:
    if not filled.is_sqlite:
        pytest.skip("PostgreSQL keeps its index by itself")
    with filled.write() as connection:
        connection.execute(text("DROP TRIGGER event_search_update"))
        connection.execute(text("UPDATE event_search SET document = ' odd ' WHERE event_id = 1"))
    found = faults(filled)
    assert any("The search index event_words is out of step for" in fault for fault in found)
    with filled.write() as connection:
        index_everything(connection)
    assert faults(filled) == []


def test_many_faults_of_a_kind_are_counted(filled: Database) -> None:
    with filled.write() as connection:
        rows = [{"id": f"s_{n}"} for n in range(25)]
        connection.execute(
            text(
                "INSERT INTO story (story_id, lang, first_published_at) "
                "SELECT :id, 'en', min(first_published_at) FROM story"
            ),
            rows,
        )
    found = [fault for fault in faults(filled) if "has no article" in fault or "more" in fault]
    assert len(found) == 21
    assert found[-1] == "… and 5 more of this kind."


def test_the_command_says_what_is_wrong_and_makes_the_search_index_anew(
    filled: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    url = filled.url.render_as_string(hide_password=False)

    def check(*more: str) -> tuple[object, str]:
        with pytest.raises(SystemExit) as ended:
            main(["--database", url, "db", "check", *more])
        return ended.value.code, capsys.readouterr().out

    assert check() == (0, "")
    with filled.write() as connection:
        connection.execute(text("DELETE FROM event_search"))
    code, said = check()
    assert code == 1
    assert "run `nafta-monitor db check --rebuild-search`" in said
    assert check("--rebuild-search") == (0, "")


def test_snapshots_are_json_that_compares(filled: Database) -> None:
    with filled.read() as connection:
        for (snapshot,) in connection.execute(text("SELECT snapshot FROM change")):
            assert json.loads(snapshot)["id"]
