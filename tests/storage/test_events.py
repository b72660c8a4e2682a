"""Recording what articles say."""

import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import text as sql

from extractors.types import Certainty, Stance
from storage.check import find_faults
from storage.engine import Database
from tests.making import (
    NOW,
    Printed,
    add_article,
    deadline,
    extraction,
    mention,
    print_and_record,
    quote,
    record,
    set_text,
)

WORDS = "We are quite a distance away from any agreement on the rules"
LONG = f"{WORDS} for cars and trucks, as far as I can see from here"
BODY = f'"{WORDS}," said Verheul. "We will wait until May 1."'


def rows(database: Database, query: str, **values: Any) -> list[dict[str, Any]]:
    with database.read() as connection:
        return [dict(row) for row in connection.execute(sql(query), values).mappings()]


def topics(database: Database) -> list[str]:
    return [row["topic"] for row in rows(database, "SELECT topic FROM changes ORDER BY seq")]


def sound(database: Database) -> bool:
    with database.read() as connection:
        return list(find_faults(connection)) == []


def test_a_statement_becomes_an_event_with_its_evidence(database: Database) -> None:
    print_and_record(database, "https://a.example/1", BODY, extraction(quotes=[quote(BODY, WORDS)]))
    (found,) = rows(database, "SELECT * FROM quotes")
    assert (found["text"], found["speaker_name"], found["sightings"]) == (WORDS, "Steve Verheul", 1)
    (sighting,) = rows(database, "SELECT * FROM sightings")
    assert BODY[sighting["start_offset"] : sighting["end_offset"]] == sighting["text"] == WORDS
    assert topics(database) == ["quote.new"]
    assert sound(database)


def test_a_copy_at_another_outlet_adds_a_sighting_and_no_event(database: Database) -> None:
    for number, outlet in enumerate(["Wire", "Post", "Ledger"]):
        body = f"{outlet} reports. {BODY}"
        found = extraction(quotes=[quote(body, WORDS)])
        print_and_record(database, f"https://a.example/{number}", body, found, outlet=outlet)
    (event,) = rows(database, "SELECT sightings, outlets FROM quotes")
    assert (event["sightings"], event["outlets"]) == (3, 3)
    assert topics(database) == ["quote.new", "sighting.new", "sighting.new"]
    assert sound(database)


def test_recording_the_same_again_changes_nothing(database: Database) -> None:
    found = extraction(
        quotes=[quote(BODY, WORDS)],
        deadlines=[deadline(BODY, "May 1", date(2018, 5, 1), what="agreement in principle")],
        issues=[mention(BODY, "rules", "dairy", party="US", stance=Stance.DEMANDS)],
    )
    article = print_and_record(database, "https://a.example/1", BODY, found)
    before = rows(database, "SELECT * FROM sightings ORDER BY event_id")
    with database.write() as connection:
        connection.execute(sql("UPDATE article SET state = 'extract'"))
    record(database, article, found, now=NOW + timedelta(hours=1))
    assert rows(database, "SELECT * FROM sightings ORDER BY event_id") == before
    assert sorted(topics(database)) == ["deadline.new", "issue.new", "quote.new"]


def test_another_speaker_of_the_same_words_is_another_event(database: Database) -> None:
    for number, speaker in enumerate(["Steve Verheul", "Robert Lighthizer"]):
        found = extraction(quotes=[quote(BODY, WORDS, speaker=speaker)])
        print_and_record(database, f"https://a.example/{number}", BODY, found)
    assert len(rows(database, "SELECT * FROM quotes")) == 2


def test_the_longest_wording_becomes_the_events_text(database: Database) -> None:
    short = "We are quite a distance away"
    print_and_record(database, "https://a.example/1", BODY, extraction(quotes=[quote(BODY, short)]))
    print_and_record(database, "https://a.example/2", BODY, extraction(quotes=[quote(BODY, WORDS)]))
    (found,) = rows(database, "SELECT text, sightings FROM quotes")
    assert (found["text"], found["sightings"]) == (WORDS, 2)
    assert topics(database) == ["quote.new", "quote.updated"]


def test_a_corrected_article_takes_its_statement_back(database: Database) -> None:
    article = print_and_record(
        database, "https://a.example/1", BODY, extraction(quotes=[quote(BODY, WORDS)])
    )
    with database.write() as connection:
        set_text(connection, article.id, "Nothing was said.")
    corrected = type(article)(article.id, article.article_id, "Nothing was said.")
    record(database, corrected, extraction())
    (found,) = rows(database, "SELECT status, sightings FROM quotes")
    assert (found["status"], found["sightings"]) == ("withdrawn", 0)
    assert topics(database) == ["quote.new", "quote.withdrawn"]
    assert sound(database)


def test_a_text_that_changed_meanwhile_is_not_recorded(database: Database) -> None:
    with database.write() as connection:
        article = add_article(connection, "https://a.example/1", BODY)
        set_text(connection, article.id, "Another text.")
    recorded = record(database, article, extraction(quotes=[quote(BODY, WORDS)]))
    assert recorded.new == 0
    assert rows(database, "SELECT state FROM article") == [{"state": "extract"}]


def test_an_irrelevant_article_says_nothing(database: Database) -> None:
    found = extraction(quotes=[quote(BODY, WORDS)], relevance=0.1)
    print_and_record(database, "https://a.example/1", BODY, found)
    assert rows(database, "SELECT * FROM quotes") == []
    assert rows(database, "SELECT relevance FROM articles") == [{"relevance": 0.1}]


def test_a_deadline_with_another_date_has_moved(database: Database) -> None:
    first = "Replies on auto rules are due by May 1."
    print_and_record(
        database,
        "https://a.example/1",
        first,
        extraction(
            deadlines=[deadline(first, "May 1", date(2018, 5, 1), what="replies on auto rules")]
        ),
    )
    later = "The deadline for replies on auto rules was moved to May 15."
    print_and_record(
        database,
        "https://a.example/2",
        later,
        extraction(
            deadlines=[deadline(later, "May 15", date(2018, 5, 15), what="replies on auto rules")]
        ),
        published=NOW + timedelta(days=5),
    )
    (found,) = rows(database, "SELECT * FROM deadlines")
    assert str(found["due_from"]) == "2018-05-15"
    assert found["moves"] == 1
    assert str(found["previous_due_from"]) == "2018-05-01"
    (past,) = json.loads(found["history"])
    assert past["due"]["from"] == "2018-05-01"
    assert past["seq"] == 1
    assert topics(database) == ["deadline.new", "deadline.moved"]


def test_an_old_date_that_arrives_late_is_no_move(database: Database) -> None:
    later = "Replies on auto rules are now due by May 15."
    earlier = "Replies on auto rules are due by May 1."
    for number, (body, part, day, at) in enumerate(
        [(later, "May 15", 15, NOW), (earlier, "May 1", 1, NOW - timedelta(days=5))]
    ):
        found = extraction(
            deadlines=[deadline(body, part, date(2018, 5, day), what="replies on auto rules")]
        )
        print_and_record(database, f"https://a.example/{number}", body, found, published=at)
    (found,) = rows(database, "SELECT * FROM deadlines")
    assert str(found["due_from"]) == "2018-05-15"


def test_a_changed_stance_is_told(database: Database) -> None:
    demanded = "Washington demands a sunset clause."
    dropped = "Washington dropped its sunset clause."
    for number, (body, stance) in enumerate(
        [(demanded, Stance.DEMANDS), (dropped, Stance.CONCEDES)]
    ):
        found = extraction(
            issues=[mention(body, "sunset clause", "sunset-review", party="US", stance=stance)]
        )
        at = NOW + timedelta(days=number)
        print_and_record(database, f"https://a.example/{number}", body, found, published=at)
    assert topics(database) == ["issue.new", "issue.new", "position.changed"]
    (position,) = rows(database, "SELECT * FROM positions")
    assert (position["stance"], position["previous_stance"]) == ("concedes", "demands")


def test_the_outbox_tells_what_the_views_hold(database: Database) -> None:
    print_and_record(database, "https://a.example/1", BODY, extraction(quotes=[quote(BODY, WORDS)]))
    (change,) = rows(database, "SELECT * FROM changes")
    snapshot = json.loads(change["snapshot"])
    (row,) = rows(database, "SELECT * FROM quotes")
    assert snapshot["id"] == row["event_id"] == change["event_id"]
    assert snapshot["text"] == row["text"]
    (evidence,) = snapshot["evidence"]
    (span,) = evidence["spans"]
    assert BODY[span["start"] : span["end"]] == span["text"]


def test_near_copies_are_one_story(database: Database) -> None:
    sentence = "The ministers of the three countries met on a cold morning to speak about tariffs, "
    body = " ".join(f"{sentence}and number {n} was the one that mattered." for n in range(12))
    for number, text in enumerate([body, body[: len(body) // 2], "Quite another matter. " * 30]):
        print_and_record(
            database, f"https://a.example/{number}", text, extraction(), outlet=str(number)
        )
    stories = rows(database, "SELECT articles FROM stories ORDER BY articles")
    assert [story["articles"] for story in stories] == [1, 2]


def print_statement(database: Database, number: int, at: datetime, words: str = LONG) -> Printed:
    body = f'"{words}," said Verheul.'
    found = extraction(quotes=[quote(body, words)])
    return print_and_record(database, f"https://a.example/{number}", body, found, published=at)


def test_an_event_that_becomes_part_of_another_says_into_which(database: Database) -> None:
    for number, days in enumerate([0, 10, 5]):
        print_statement(database, number, NOW + timedelta(days=days))
    (kept,) = rows(database, "SELECT event_id FROM quotes WHERE status = 'active'")
    changes = rows(database, "SELECT topic, event_id, snapshot FROM changes ORDER BY seq")
    (gone,) = [change for change in changes if change["topic"] == "quote.withdrawn"]
    assert json.loads(gone["snapshot"])["merged_into"] == kept["event_id"] != gone["event_id"]
    assert kept["event_id"] == changes[0]["event_id"]
    assert sound(database)


def test_what_an_article_held_together_falls_apart_without_it(database: Database) -> None:
    days = [0, 10, 5]
    printed = [print_statement(database, n, NOW + timedelta(days=d)) for n, d in enumerate(days)]
    with database.write() as connection:
        set_text(connection, printed[2].id, "Nothing.", published=NOW + timedelta(days=5))
    record(database, Printed(printed[2].id, printed[2].article_id, "Nothing."), extraction())
    events = rows(database, "SELECT event_id, status, sightings FROM quotes")
    assert [(row["status"], row["sightings"]) for row in events] == [("active", 1)] * 2
    assert sound(database)


def test_an_event_keeps_its_id_when_its_article_is_edited(database: Database) -> None:
    article = print_statement(database, 1, NOW)
    (before,) = rows(database, "SELECT event_id FROM quotes")
    words = LONG.replace("quite", "still quite")
    body = f'An editor was here. "{words}," said Verheul.'
    with database.write() as connection:
        set_text(connection, article.id, body)
    edited = Printed(article.id, article.article_id, body)
    record(database, edited, extraction(quotes=[quote(body, words)]))
    (after,) = rows(database, "SELECT event_id, text, status FROM quotes")
    assert (after["event_id"], after["text"]) == (before["event_id"], words)
    assert topics(database) == ["quote.new", "quote.updated"]
    assert sound(database)


def test_words_that_are_printed_again_bring_their_event_back(database: Database) -> None:
    article = print_statement(database, 1, NOW)
    (before,) = rows(database, "SELECT event_id FROM quotes")
    with database.write() as connection:
        set_text(connection, article.id, "Nothing.")
    record(database, Printed(article.id, article.article_id, "Nothing."), extraction())
    print_statement(database, 2, NOW)
    (after,) = rows(database, "SELECT event_id, status FROM quotes")
    assert (after["event_id"], after["status"]) == (before["event_id"], "active")


def print_deadline(
    database: Database,
    number: int,
    start: date,
    end: date | None = None,
    *,
    certainty: Certainty = Certainty.FIXED,
    milestone: str | None = None,
    what: str = "replies on auto rules",
    lang: str = "en",
) -> None:
    body = f"Number {number}: {what} are due by then."
    due = deadline(body, "by then", start, end, what=what, certainty=certainty, milestone=milestone)
    print_and_record(
        database,
        f"https://a.example/{number}",
        body,
        extraction(deadlines=[due], lang=lang),
        published=NOW + timedelta(days=number),
    )


def the_deadline(database: Database) -> tuple[str, int, int]:
    (found,) = rows(database, "SELECT due_from, moves, sightings FROM deadlines")
    return str(found["due_from"]), found["moves"], found["sightings"]


def test_a_vaguer_wording_of_the_date_is_a_sighting(database: Database) -> None:
    print_deadline(database, 0, date(2018, 5, 1))
    print_deadline(database, 1, date(2018, 5, 1), date(2018, 6, 1))
    assert the_deadline(database) == ("2018-05-01", 0, 2)


def test_a_more_exact_date_is_no_move(database: Database) -> None:
    print_deadline(database, 0, date(2018, 5, 1), date(2018, 6, 1))
    print_deadline(database, 1, date(2018, 5, 15))
    assert the_deadline(database) == ("2018-05-15", 0, 2)


def test_an_old_date_that_is_repeated_is_no_move_back(database: Database) -> None:
    for number, day in enumerate([1, 15, 1, 15]):
        print_deadline(database, number, date(2018, 5, day))
    assert the_deadline(database) == ("2018-05-15", 1, 4)


def test_a_less_certain_guess_is_no_move(database: Database) -> None:
    print_deadline(database, 0, date(2018, 5, 1))
    print_deadline(database, 1, date(2018, 5, 15), certainty=Certainty.PROPOSED)
    assert the_deadline(database) == ("2018-05-01", 0, 2)


def test_a_date_in_another_language_joins_by_milestone_only(database: Database) -> None:
    print_deadline(database, 0, date(2018, 5, 1), milestone="m")
    print_deadline(database, 1, date(2018, 5, 1), milestone="m", what="réponses", lang="fr")
    print_deadline(database, 2, date(2018, 5, 1), lang="fr")
    found = rows(database, "SELECT sightings FROM deadlines ORDER BY sightings")
    assert [row["sightings"] for row in found] == [1, 2]


def test_a_guess_moves_no_position(database: Database) -> None:
    dropped = "Washington dropped its sunset clause."
    guessed = "The sunset clause is a matter of trust, said an aide."
    for number, (body, stance, sure) in enumerate(
        [(dropped, Stance.CONCEDES, 0.8), (guessed, Stance.DEMANDS, 0.45)]
    ):
        told = mention(body, "sunset clause", "sunset-review", party="US", stance=stance)
        at = NOW + timedelta(days=number)
        print_and_record(
            database,
            f"https://a.example/{number}",
            body,
            extraction(issues=[replace(told, confidence=sure)]),
            published=at,
        )
    assert topics(database) == ["issue.new", "issue.new"]
    (position,) = rows(database, "SELECT * FROM positions")
    assert (position["stance"], position["previous_stance"]) == ("concedes", None)
