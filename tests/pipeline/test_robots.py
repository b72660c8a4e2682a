"""What a host's robots.txt means for the article behind an entry."""

from tests.pipeline.desk import LONG, Desk, page
from tests.serving import Reply, Server


def test_a_page_that_robots_forbid_leaves_the_feeds_own_text(desk: Desk, server: Server) -> None:
    server.on("/robots.txt", Reply(200, b"User-agent: *\nDisallow: /a"))
    desk.find(server.on("/a", page(LONG)), summary="<p>Ministers met on Wednesday.</p>")
    assert desk.fetch() == "feed"
    assert server.asked("/a") == []


def test_a_page_is_asked_for_again_once_robots_can_be_read(desk: Desk, server: Server) -> None:
    server.on("/robots.txt", Reply(503), Reply(404))
    desk.find(server.on("/a", page(LONG)), summary="<p>Ministers met on Wednesday.</p>")
    assert desk.fetch() == "later"
    assert server.asked("/a") == []
    assert desk.fetch() == "stored"


def test_robots_are_nobodys_business_where_the_settings_say_so(desk: Desk, server: Server) -> None:
    server.on("/robots.txt", Reply(200, b"User-agent: *\nDisallow: /"))
    desk.find(server.on("/a", page(LONG)))
    assert desk.fetch(robots=False) == "stored"
    assert server.asked("/robots.txt") == []
