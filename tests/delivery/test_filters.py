"""What an endpoint subscribes to."""

from typing import Any

import pytest

from storage.endpoints import Subscription, cancel_unwanted, load_subscription
from tests.delivery.posting import Desk
from tests.serving import Reply, Server

QUOTE = {
    "issues": ["dairy", "autos"],
    "lang": "en",
    "speaker": {"name": "Steve Verheul", "actor": "verheul", "party": "CA"},
}
DEADLINE = {
    "issues": ["autos"],
    "lang": "es",
    "certainty": "expected",
    "set_by": {"actor": None, "party": "US"},
}
MENTION = {"issues": ["dairy"], "lang": "fr", "party": "MX", "actor": "guajardo"}


@pytest.mark.parametrize(
    ("topics", "topic", "wanted"),
    [
        (("*",), "quote.new", True),
        (("*",), "sighting.new", False),
        (("*",), "feed.failing", False),
        (("*.new",), "sighting.new", False),
        (("sighting.new",), "sighting.new", True),
        (("sighting.*",), "sighting.new", True),
        (("feed.*",), "feed.failing", True),
        (("feed.failing",), "feed.recovered", False),
        (("deadline.*",), "deadline.moved", True),
        (("deadline.*",), "quote.new", False),
        (("quote.new", "issue.new"), "issue.new", True),
        (("quote",), "quote.new", False),
        (("QUOTE.NEW",), "quote.new", False),
        ((), "quote.new", False),
    ],
)
def test_topics_are_patterns_and_noise_is_opt_in(
    topics: tuple[str, ...], topic: str, wanted: bool
) -> None:
    assert Subscription(topics).wants(topic, {}) is wanted


@pytest.mark.parametrize(
    ("filters", "snapshot", "wanted"),
    [
        ({"issues": ("dairy",)}, QUOTE, True),
        ({"issues": ("steel", "autos")}, QUOTE, True),
        ({"issues": ("steel",)}, QUOTE, False),
        ({"parties": ("CA",)}, QUOTE, True),
        ({"parties": ("US",)}, QUOTE, False),
        ({"parties": ("US",)}, DEADLINE, True),
        ({"parties": ("MX",)}, MENTION, True),
        ({"actors": ("verheul",)}, QUOTE, True),
        ({"actors": ("guajardo",)}, MENTION, True),
        ({"actors": ("verheul",)}, MENTION, False),
        ({"langs": ("es", "fr")}, DEADLINE, True),
        ({"langs": ("en",)}, MENTION, False),
        ({"certainties": ("expected",)}, DEADLINE, True),
        ({"certainties": ("fixed",)}, DEADLINE, False),
        ({"issues": ("dairy",), "parties": ("CA",)}, QUOTE, True),
        ({"issues": ("dairy",), "parties": ("US",)}, QUOTE, False),
        ({"parties": ("CA",)}, {"speaker": None}, False),
        ({"issues": ("dairy",)}, {}, False),
    ],
)
def test_filters_narrow_by_field(
    filters: dict[str, Any], snapshot: dict[str, Any], wanted: bool
) -> None:
    assert Subscription(**filters).wants("quote.new", snapshot) is wanted


def test_a_feeds_change_is_narrowed_by_its_topic_alone() -> None:
    wanted = Subscription(("feed.*",), issues=("dairy",), parties=("CA",))
    assert wanted.wants("feed.failing", {"feed_url": "https://a.example/"})


def test_a_subscription_is_the_same_after_storing() -> None:
    kept = Subscription(("deadline.*",), ("dairy",), ("CA",), ("verheul",), ("fr",), ("fixed",))
    assert load_subscription(kept.dumped()) == kept


def test_only_what_is_wanted_is_delivered(desk: Desk, server: Server) -> None:
    desk.subscribe(server.on("/dairy", Reply(200)), issues=("dairy",))
    desk.subscribe(server.on("/deadlines", Reply(200)), topics=("deadline.*",))
    desk.tell("quote.new", "ev1", **QUOTE)
    desk.tell("deadline.new", "ev2", **DEADLINE)
    desk.deliver()
    assert [request.path for request in server.requests] == ["/dairy", "/deadlines"]


def test_changes_from_before_an_endpoint_are_not_its_business(desk: Desk, server: Server) -> None:
    desk.tell()
    desk.subscribe(server.on("/", Reply(200)))
    desk.tell("quote.new", "ev2")
    assert desk.deliver() == ["delivered"]


def test_what_a_new_subscription_does_not_want_is_cancelled(any_desk: Desk, server: Server) -> None:
    desk = any_desk
    endpoint = desk.subscribe(server.on("/", Reply(200)))
    desk.tell("quote.new", "ev1", **QUOTE)
    desk.tell("deadline.new", "ev2", **DEADLINE)
    with desk.database.write() as connection:
        assert cancel_unwanted(connection, endpoint, Subscription(("deadline.*",))) == 1
    assert desk.deliver() == ["delivered"]
    assert desk.states() == ["cancelled", "delivered"]
