"""Pages that are young are looked at again; a correction makes a revision."""

from datetime import timedelta

import pytest

from tests.pipeline.desk import LONG, NOW, Desk, page
from tests.serving import Reply, Server


def test_a_corrected_page_is_found_hours_later(desk: Desk, server: Server) -> None:
    url = server.on("/1", page(LONG), page(LONG + "<p>Correction: it was Thursday.</p>"))
    desk.find(url)
    assert desk.fetch() == "stored"
    desk.extracted()
    assert not desk.due()
    desk.now += timedelta(hours=3)
    assert desk.due()
    assert desk.fetch() == "stored"
    assert desk.article() == ("extract", 2)


def test_an_unchanged_page_costs_two_conditional_requests_in_all(
    desk: Desk, server: Server
) -> None:
    desk.find(server.on("/1", page(LONG, etag='"a"'), Reply(304)))
    desk.fetch()
    desk.extracted()
    for hours in range(1, 60):
        desk.now = NOW + timedelta(hours=hours)
        if desk.due():
            assert desk.fetch() == "unchanged"
    asked = server.asked("/1")
    assert len(asked) == 3
    assert all(request.headers["if-none-match"] == '"a"' for request in asked[1:])
    assert desk.article() == ("done", 1)


@pytest.mark.parametrize(
    "reply",
    [Reply(404), Reply(503), page("<p>Please log in.</p>"), Reply(200, b"")],
    ids=["404", "503", "login", "empty"],
)
def test_a_page_that_is_not_there_any_more_keeps_its_text(
    desk: Desk, server: Server, reply: Reply
) -> None:
    desk.find(server.on("/1", page(LONG), reply))
    desk.fetch()
    desk.extracted()
    desk.now += timedelta(hours=4)
    desk.fetch()
    state, revision = desk.article()
    assert (state, revision) in {("done", 1), ("extract", 2)}


def test_what_says_nothing_or_is_old_is_not_looked_at_again(desk: Desk, server: Server) -> None:
    desk.find(server.on("/1", page(LONG)), published=NOW - timedelta(days=5))
    desk.fetch()
    desk.extracted()
    desk.now += timedelta(hours=30)
    assert not desk.due()


def test_what_is_beside_the_point_is_not_looked_at_again(desk: Desk, server: Server) -> None:
    desk.find(server.on("/1", page(LONG)))
    desk.fetch()
    desk.extracted(relevance=0.1)
    desk.now += timedelta(hours=4)
    assert not desk.due()
