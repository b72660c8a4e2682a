"""The rules are told with the numbers that the code has."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from config.settings import load_settings
from extractors import relevance
from monitor.delivery import decide as delivering
from monitor.pipeline import fetching
from monitor.polling import decide as polling
from monitor.polling import poll
from storage import deliveries, reminders, stories
from storage import identity_deadlines as due_dates
from storage import identity_statements as statements
from storage import identity_texts as texts
from storage.engine import Database
from storage.feeds import FeedRow, NewFeed, add_feeds, get_feed
from tests.docs.documents import document
from tests.making import NOW

FEEDS = load_settings(environ={}).feeds

TOLD = {
    "least interval": (f"({FEEDS.min_interval // 60} minutes)", 300, FEEDS.min_interval),
    "greatest interval": (f"({FEEDS.max_interval // 3600} hours)", 21_600, FEEDS.max_interval),
    "entries' gaps": ("entries of the last two weeks", 14, poll._GAP_DAYS),
    "growth": ("the interval grows by half", 1.5, polling._SLOWER),
    "a publisher's wish": ("up to a day", timedelta(days=1), polling.LONGEST_HINT),
    "failing": ("After three failures in a row", 3, polling.FAILING_AFTER),
    "moved": ("when it was seen three times", 3, polling.MOVED_AFTER),
    "moved for": ("over a day at least", timedelta(days=1), polling.MOVED_FOR),
    "retries of pages": ("four retries in vain", 4, len(fetching._RETRY_MINUTES)),
    "opening": ("in the first 600 characters", 600, relevance._OPENING),
    "story's window": ("within three days of each other", 3, texts.WINDOW),
    "story's likeness": ("at least 70 %", 0.7, texts.SAME_TEXT),
    "joined groups": ("half of their runs on average", 0.5, texts._MEAN),
    "words held": ("with at least four words", 4, statements._SHINGLE),
    "quote's window": (
        "within seven days of each other",
        7,
        statements.WINDOW,
    ),
    "deadline's window": (
        "within 120 days of each other",
        120,
        due_dates.WINDOW,
    ),
    "boilerplate": ("in more than 40 stories", 40, stories._MOST_STORIES),
    "what counts to its last day": (
        "(`deadline`, `target`, `expiry`, `horizon`, `clock`)",
        {"deadline", "target", "expiry", "horizon", "clock"},
        set(reminders._UNTIL),
    ),
}


@pytest.mark.parametrize(("sentence", "told", "true"), TOLD.values(), ids=TOLD)
def test_number_is_that_of_the_code(sentence: str, told: object, true: object) -> None:
    assert sentence in document("how-it-decides.md")
    assert told == true


RETRIES = {
    "pages": ("operation.md", "2 minutes, 15 minutes, 2 hours and 12 hours"),
    "disabling": (
        "webhooks.md",
        "for 120 hours without a success, while ten messages or more wait",
    ),
    "one at a time": ("webhooks.md", "After five failures in a row"),
}


@pytest.mark.parametrize(("name", "sentence"), RETRIES.values(), ids=RETRIES)
def test_retries_are_told(name: str, sentence: str) -> None:
    assert sentence in document(name)


def test_retries_are_those_of_the_code() -> None:
    assert fetching._RETRY_MINUTES == (2, 15, 120, 720)
    assert timedelta(hours=120) == delivering.DISABLE_AFTER
    assert delivering.DISABLE_MESSAGES == 10
    assert deliveries.BREAKER == 5


def _statement(text: str, name: str | None = "Lena Fortier", lang: str = "en") -> dict[str, Any]:
    speaker = {"name": name, "mention": name, "actor": None} if name else None
    return {"text": text, "lang": lang, "speaker": speaker}


LONG = "We will not trade away our dairy farmers for a deadline in May"
SAME = {
    "part of a name": (_statement(LONG), _statement(LONG, "Fortier")),
    "speaker unknown": (_statement(LONG), _statement(LONG, None)),
    "case and marks": (_statement(LONG), _statement(LONG.upper() + "!")),
    "held": (_statement(LONG), _statement("our dairy farmers for a deadline")),
    "edited": (_statement(LONG), _statement(LONG.replace("trade away", "trade off"))),
    "brackets": (_statement(LONG), _statement(LONG.replace("our", "[Canada's] our"))),
}
OTHER = {
    "speaker": (_statement(LONG), _statement(LONG, "Ann Ross")),
    "language": (_statement(LONG), _statement(LONG, lang="fr")),
    "negation": (_statement(LONG), _statement(LONG.replace("not ", ""))),
    "figure": (_statement(f"{LONG} 2018"), _statement(f"{LONG} 2019")),
    "three words": (_statement(LONG), _statement("for a deadline")),
    "unknown speaker, few words": (_statement(LONG), _statement("trade away our dairy", None)),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_same_quote_as_told(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert statements.alike(one, other)
    assert statements.alike(other, one)


@pytest.mark.parametrize(("one", "other"), OTHER.values(), ids=OTHER)
def test_other_quote_as_told(one: dict[str, Any], other: dict[str, Any]) -> None:
    assert not statements.alike(one, other)
    assert not statements.alike(other, one)


def test_failing_feed_is_asked_ever_more_seldom_as_told(sqlite_database: Database) -> None:
    with sqlite_database.write() as connection:
        add_feeds(connection, [NewFeed("https://wire.example/rss")], interval=300, now=NOW)
        feed = get_feed(connection, 1)
    assert feed is not None
    waits, states = [], []
    for _ in range(9):
        update = _fail(feed)
        feed = replace(feed, **{key: update[key] for key in ("failures", "state")})
        waits.append((update["next_poll_at"] - NOW).total_seconds())
        states.append(feed.state)
    assert waits[:3] == [600, 1200, 2400]
    assert waits[-1] == FEEDS.max_interval
    assert states[:3] == ["active", "active", "failing"]


def _fail(feed: FeedRow) -> dict[str, Any]:
    policy = polling.PollPolicy(FEEDS.min_interval, FEEDS.max_interval)
    return polling.after_failure(
        feed,
        NOW,
        policy,
        message="no answer",
        status=None,
        retry_after=None,
        offline=False,
        jitter=1.0,
    ).values
