"""Entries stored once, articles by their address, revisions, and what is forgotten."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from storage.articles import (
    PageText,
    due_articles,
    extract_again,
    get_article,
    give_up,
    save_page,
    try_again,
)
from storage.backup import back_up, restore
from storage.engine import Database, open_database
from storage.entries import MAX_REVISIONS, EntryItem, IngestPolicy, digest, ingest_entries
from storage.errors import StorageError
from storage.feeds import (
    FeedRow,
    NewFeed,
    add_feeds,
    due_feeds,
    find_feed,
    list_feeds,
    remove_feed,
    update_feed,
)
from storage.migrate import upgrade
from storage.models import Article, Entry, Revision
from storage.retention import prune
from storage.secrets_box import SecretBox
from storage.statistics import count_everything
from tests.making import NOW, extraction, print_and_record, quote

POLICY = IngestPolicy(fetch_articles=True, newest=None, oldest=NOW - timedelta(days=30))


def new_feed(database: Database, url: str = "https://a.example/rss") -> FeedRow:
    with database.write() as connection:
        add_feeds(connection, [NewFeed(url, outlet="Wire")], interval=300, now=NOW)
        feed = find_feed(connection, url)
    assert feed is not None
    return feed


def item(name: str, **changes: object) -> EntryItem:
    link = f"https://a.example/{name}"
    made = EntryItem(
        key=digest(name),
        entry_id=name,
        link=link,
        link_key=link,
        title=name,
        summary="s",
        content=None,
        author=None,
        published_at=NOW,
        updated_at=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def ingest(
    database: Database, feed: FeedRow, *items: EntryItem, policy: IngestPolicy = POLICY
) -> tuple[int, int]:
    with database.write() as connection:
        done = ingest_entries(connection, feed, items, policy, NOW)
    return done.new, done.edited


def page(words: str, **changes: object) -> PageText:
    made = PageText(
        text=words,
        kind="article",
        title="Title",
        byline=None,
        outlet=None,
        lang="en",
        canonical=None,
        canonical_key=None,
        published_at=NOW,
        published_source="meta",
        published_precision="second",
        etag=None,
        last_modified=None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def states(database: Database) -> list[str]:
    with database.read() as connection:
        return list(connection.scalars(select(Article.state).order_by(Article.id)))


def test_a_feed_is_added_once_and_found_by_what_a_user_calls_it(database: Database) -> None:
    feed = new_feed(database)
    new_feed(database)
    with database.write() as connection:
        update_feed(connection, feed.id, {"title": "The Wire"})
    with database.read() as connection:
        assert len(list_feeds(connection)) == 1
        for name in (feed.url, str(feed.id), "the wire"):
            assert find_feed(connection, name) is not None
        assert due_feeds(connection, NOW, 10) == [feed.id]
        assert due_feeds(connection, NOW, 10, exclude=[feed.id]) == []


def test_an_entry_that_is_polled_again_is_stored_once(database: Database) -> None:
    feed = new_feed(database)
    assert ingest(database, feed, item("one"), item("two")) == (2, 0)
    assert ingest(database, feed, item("one"), item("two")) == (0, 0)
    assert states(database) == ["fetch", "fetch"]


def test_two_entries_with_one_address_share_their_article(database: Database) -> None:
    feed = new_feed(database)
    other = new_feed(database, "https://b.example/rss")
    ingest(database, feed, item("one"))
    twin = replace(item("two"), link_key="https://a.example/one")
    assert ingest(database, other, twin) == (1, 0)
    assert states(database) == ["fetch"]


def test_an_edited_entry_is_a_revision_and_has_its_article_fetched_again(
    database: Database,
) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"))
    with database.write() as connection:
        connection.execute(update(Article).values(state="done", next_at=None))
    assert ingest(database, feed, item("one", summary="corrected")) == (0, 1)
    assert states(database) == ["fetch"]
    with database.read() as connection:
        assert connection.scalar(select(Entry.revision)) == 2


def test_an_entry_that_changes_at_every_poll_stops_counting(database: Database) -> None:
    feed = new_feed(database)
    for number in range(MAX_REVISIONS + 5):
        ingest(database, feed, item("one", summary=str(number)))
    with database.read() as connection:
        assert connection.scalar(select(Entry.revision)) == MAX_REVISIONS


def test_the_first_poll_fetches_only_the_newest(database: Database) -> None:
    feed = new_feed(database)
    items = [item(str(n), published_at=NOW - timedelta(hours=n)) for n in range(5)]
    ingest(database, feed, *items, policy=replace(POLICY, newest=2))
    with database.read() as connection:
        due = connection.execute(text("SELECT url FROM article WHERE state = 'fetch' ORDER BY url"))
        assert [row.url for row in due] == ["https://a.example/0", "https://a.example/1"]


def test_an_old_entry_is_stored_and_not_fetched(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one", published_at=NOW - timedelta(days=31)))
    assert states(database) == ["skipped"]


@pytest.mark.parametrize("awkward", ["nul \x00 here", "lone \ud800 surrogate", "x" * 100_000])
def test_awkward_text_is_stored(database: Database, awkward: str) -> None:
    feed = new_feed(database)
    assert ingest(database, feed, item("one", title=awkward, link_key=awkward)) == (1, 0)


def test_a_page_becomes_a_revision_only_where_its_text_is_new(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"))
    with database.write() as connection:
        assert save_page(connection, 1, page("First."), NOW) == 1
        assert save_page(connection, 1, page("First."), NOW) is None
        assert save_page(connection, 1, page("Second."), NOW) == 2
    with database.read() as connection:
        assert list(connection.scalars(select(Revision.text).order_by(Revision.number))) == [
            "First.",
            "Second.",
        ]


def test_a_page_with_a_known_canonical_address_is_that_article(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"), item("one-amp"))
    key = digest("https://a.example/one")
    with database.write() as connection:
        ids = {row.url: row.id for row in connection.execute(select(Article.url, Article.id))}
        one, amp = ids["https://a.example/one"], ids["https://a.example/one-amp"]
        assert save_page(connection, amp, page("Text.", canonical_key=key), NOW) is None
        assert save_page(connection, one, page("Text.", canonical_key=key), NOW) == 1
    with database.read() as connection:
        assert list(connection.scalars(select(Entry.article_id))) == [one, one]
        assert list(connection.scalars(select(Article.id))) == [one]


def test_a_feed_polled_by_a_clock_that_was_ahead_is_due_once_it_is_right(
    database: Database,
) -> None:
    feed = new_feed(database)
    ahead = NOW + timedelta(days=1)
    with database.write() as connection:
        polled = {"last_polled_at": ahead, "next_poll_at": ahead + timedelta(hours=1)}
        update_feed(connection, feed.id, polled)
    with database.read() as connection:
        assert due_feeds(connection, NOW, 10) == [feed.id]
        assert due_feeds(connection, ahead + timedelta(minutes=1), 10) == []


def test_due_articles_are_those_whose_time_has_come(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"), item("two"))
    with database.write() as connection:
        try_again(connection, 1, "fetch", NOW + timedelta(minutes=1), 1, "busy")
    with database.read() as connection:
        assert due_articles(connection, "fetch", NOW, 10) == [(2, "a.example")]
        assert due_articles(connection, "fetch", NOW, 10, exclude_hosts=["a.example"]) == []
        later = NOW + timedelta(minutes=2)
        assert len(due_articles(connection, "fetch", later, 10, exclude=[2])) == 1


def test_what_was_given_up_says_why_and_can_be_taken_up(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"))
    with database.write() as connection:
        save_page(connection, 1, page("Text."), NOW)
        give_up(connection, 1, "its worker was killed")
        assert extract_again(connection, NOW, None) == 1
        row = get_article(connection, 1)
    assert row is not None
    assert row.state == "extract"


def test_removing_a_feed_keeps_what_it_brought(database: Database) -> None:
    feed = new_feed(database)
    ingest(database, feed, item("one"))
    with database.write() as connection:
        remove_feed(connection, feed.id)
    with database.read() as connection:
        counts = count_everything(connection)
    assert (counts["feeds"], counts["entries"], counts["articles"]) == (0, 0, 1)


def test_pruning_keeps_what_an_event_rests_on(database: Database) -> None:
    body = '"We will not sign that at all," she said.'
    print_and_record(
        database,
        "https://a.example/kept",
        body,
        extraction(quotes=[quote(body, "We will not sign that at all")]),
    )
    print_and_record(database, "https://a.example/silent", "Nothing.", extraction())
    with database.write() as connection:
        pruned = prune(connection, articles_before=NOW + timedelta(days=1), deliveries_before=None)
    assert pruned.articles == 1
    with database.read() as connection:
        assert list(connection.scalars(select(Article.url))) == ["https://a.example/kept"]


def test_a_backup_is_whole_and_can_be_put_back(sqlite_database: Database, tmp_path: Path) -> None:
    new_feed(sqlite_database)
    copy = tmp_path / "copy.db"
    assert back_up(sqlite_database, copy) == copy.stat().st_size
    with pytest.raises(StorageError, match="exists already"):
        back_up(sqlite_database, copy)
    target = f"sqlite:///{tmp_path}/restored.db"
    restore(target, copy, replace=False)
    restored = open_database(target)
    with restored.read() as connection:
        assert len(list_feeds(connection)) == 1
    restored.close()
    with pytest.raises(StorageError, match="--force"):
        restore(target, copy, replace=False)
    (tmp_path / "junk.db").write_bytes(b"junk" * 1000)
    with pytest.raises(StorageError, match="not a backup"):
        restore(target, tmp_path / "junk.db", replace=True)


def test_postgresql_is_backed_up_by_its_own_tool(postgres_url: str, tmp_path: Path) -> None:
    store = open_database(postgres_url)
    upgrade(store)
    with pytest.raises(StorageError, match="pg_dump"):
        back_up(store, tmp_path / "copy.db")
    store.close()


def test_a_sealed_secret_opens_only_with_its_key() -> None:
    sealed = SecretBox("a key").seal("whsec_abc")
    assert "whsec_abc" not in sealed
    assert SecretBox("a key").open(sealed) == "whsec_abc"
    assert SecretBox(None).open("whsec_plain") == "whsec_plain"
    for other in ("another key", None):
        with pytest.raises(StorageError, match="secret_key"):
            SecretBox(other).open(sealed)
