"""Events and stories of a generated press: right, and the same in whatever order they come."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from storage.check import find_faults
from storage.engine import Database, open_database
from storage.events import record_extraction
from storage.migrate import upgrade
from storage.models import Article as ArticleRow
from tests.generator.press import START, Article, press
from tests.generator.scoring import Score, pairwise
from tests.making import NAMES, NOW, add_article

TYPES = ("quote", "deadline", "issue_mention")
Partition = frozenset[frozenset[tuple[str, str, int]]]


def record_all(database: Database, articles: Sequence[Article], *, batch: int = 10) -> None:
    """Record the articles in this order, a few in a transaction."""
    for start in range(0, len(articles), batch):
        with database.write() as connection:
            for article in articles[start : start + batch]:
                stored = add_article(
                    connection,
                    article.url,
                    article.text,
                    published=article.published,
                    outlet=article.outlet,
                )
                connection.execute(
                    update(ArticleRow).where(ArticleRow.id == stored.id).values(lang=article.lang)
                )
                record_extraction(
                    connection,
                    stored.id,
                    article.text,
                    article.extraction,
                    names=NAMES,
                    extractor="test",
                    min_relevance=0.2,
                    now=NOW + timedelta(days=60),
                )


def article_id(article: Article) -> str:
    return f"a_{hashlib.sha256(article.url.encode()).hexdigest()[:20]}"


def sightings(database: Database) -> dict[tuple[str, str, int], str]:
    """The event of each occurrence: article, type and first offset."""
    with database.read() as connection:
        rows = connection.execute(
            sql(
                "SELECT event_id, event_type, article_id, min(start_offset) AS start "
                "FROM sightings GROUP BY event_id, event_type, article_id, start_offset"
            )
        )
        return {(row.article_id, row.event_type, row.start): row.event_id for row in rows}


def partition(database: Database) -> Partition:
    events: dict[str, set[tuple[str, str, int]]] = {}
    for place, event in sightings(database).items():
        events.setdefault(event, set()).add(place)
    return frozenset(frozenset(places) for places in events.values())


def stories(database: Database) -> dict[str, str]:
    with database.read() as connection:
        rows = connection.execute(sql("SELECT article_id, story_id FROM articles"))
        return {row.article_id: row.story_id for row in rows}


def data(database: Database) -> list[tuple[Any, ...]]:
    """What the views say of events, but for ids and the times at which we saw them."""
    common = "sightings, outlets, stories, article_id, published_at"
    told = "WHERE status <> 'withdrawn'"
    quote = "text, kind, speaker_name, speaker_mention, issues, context"
    deadline = "what, due_from, due_to, moves, previous_due_from, certainty, set_by_party"
    queries = (
        f"SELECT {quote}, {common} FROM quotes {told}",
        f"SELECT {deadline}, {common} FROM deadlines {told}",
        f"SELECT issue, party, stance, text, {common} FROM issue_mentions {told}",
        "SELECT story_id, articles, outlets FROM stories",
    )
    with database.read() as connection:
        return [
            tuple(str(value) for value in row)
            for query in queries
            for row in sorted(connection.execute(sql(query)), key=str)
        ]


def score_of(database: Database, articles: Iterable[Article], type: str) -> Score:
    found = sightings(database)
    return pairwise(
        (found[article_id(article), type, start], event)
        for article in articles
        for (kind, start), event in article.truth.items()
        if kind == type
    )


def fresh_store(path: Any) -> Database:
    store = open_database(f"sqlite:///{path}")
    upgrade(store)
    return store


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_events_and_stories_of_the_press_are_right(sqlite_database: Database, seed: int) -> None:
    articles = press(seed, stories=30)
    record_all(sqlite_database, articles)
    for type in TYPES:
        score = score_of(sqlite_database, articles, type)
        assert score.precision >= 0.995, (type, score)
        assert score.recall >= 0.97, (type, score)
    homes = stories(sqlite_database)
    score = pairwise((homes[article_id(article)], article.story) for article in articles)
    assert score.precision >= 0.99, score
    assert score.recall >= 0.97, score
    with sqlite_database.read() as connection:
        assert list(find_faults(connection)) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_order_of_arrival_changes_nothing(
    sqlite_database: Database, tmp_path: Any, seed: int
) -> None:
    articles = press(seed, stories=6)
    record_all(sqlite_database, articles)
    shuffled = list(articles)
    Random(seed).shuffle(shuffled)
    for number, (order, batch) in enumerate([(shuffled, 3), (list(reversed(articles)), 50)]):
        other = fresh_store(tmp_path / f"{number}.db")
        record_all(other, order, batch=batch)
        assert partition(other) == partition(sqlite_database)
        assert data(other) == data(sqlite_database)
        with other.read() as connection:
            assert list(find_faults(connection)) == []
        other.close()


def test_both_databases_find_the_same_events(database: Database, tmp_path: Any) -> None:
    articles = press(7, stories=6)
    shuffled = list(articles)
    Random(5).shuffle(shuffled)
    record_all(database, shuffled)
    other = fresh_store(tmp_path / "other.db")
    record_all(other, articles)
    assert partition(other) == partition(database)
    other.close()


def test_recording_everything_again_changes_nothing(sqlite_database: Database) -> None:
    articles = press(9, stories=6)
    record_all(sqlite_database, articles)
    before = sightings(sqlite_database), data(sqlite_database)
    with sqlite_database.write() as connection:
        last = connection.scalar(sql("SELECT max(seq) FROM changes"))
        connection.execute(sql("UPDATE article SET state = 'extract'"))
        rows = connection.execute(sql("SELECT article_id, id FROM article"))
        ids = {row.article_id: row.id for row in rows}
        for article in articles:
            record_extraction(
                connection,
                ids[article_id(article)],
                article.text,
                article.extraction,
                names=NAMES,
                extractor="newer",
                min_relevance=0.2,
                now=NOW + timedelta(days=61),
            )
        assert connection.scalar(sql("SELECT max(seq) FROM changes")) == last
    assert (sightings(sqlite_database), data(sqlite_database)) == before


def test_the_press_is_the_same_for_the_same_seed() -> None:
    assert press(4, stories=3) == press(4, stories=3)
    assert press(4, stories=3)[0].published >= START
