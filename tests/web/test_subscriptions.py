"""The calendar and the feeds are what their standards say."""

import re
from datetime import UTC, date, datetime
from typing import Any

import feedparser
import pytest

from monitor.web.atom import atom_text
from monitor.web.calendar import calendar_text
from monitor.web.entries import FeedEntry
from tests.web.conftest import Site
from tests.web.filling import HOSTILE, NOW


def row(**values: Any) -> dict[str, Any]:
    return {
        "event_id": "ev1",
        "status": "active",
        "first_seen_at": NOW,
        "last_seen_at": NOW,
        "what": "The exemption ends",
        "kind": "expiry",
        "certainty": "fixed",
        "due_from": date(2018, 5, 1),
        "due_to": date(2018, 5, 2),
        "due_text": "May 1",
        "set_by": None,
        "consequence": None,
        "moves": 0,
        "previous_due_from": None,
        "issues": [],
        "outlet": "The Example",
        "url": "https://news.example/1",
    } | values


def properties(text: str) -> list[dict[str, str]]:
    """The events of a calendar, unfolded."""
    lines = text.replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and ":" in line:
            name, _, value = line.partition(":")
            events[-1].setdefault(name, value)
    return events


def test_a_deadline_is_an_all_day_event_with_an_exclusive_end() -> None:
    (event,) = properties(calendar_text([row()]))
    assert event["DTSTART;VALUE=DATE"] == "20180501"
    assert event["DTEND;VALUE=DATE"] == "20180502"
    assert event["UID"] == "ev1@nafta-monitor"
    assert event["DTSTAMP"] == "20180320T120000Z"
    assert event["STATUS"] == "CONFIRMED"


def test_a_move_keeps_the_uid_and_raises_the_sequence() -> None:
    (event,) = properties(calendar_text([row(moves=2, previous_due_from=date(2018, 3, 23))]))
    assert (event["UID"], event["SEQUENCE"]) == ("ev1@nafta-monitor", "2")


def test_an_end_is_never_before_the_day_after_the_start() -> None:
    for end in (None, date(2018, 5, 1), date(2018, 4, 1)):
        (event,) = properties(calendar_text([row(due_to=end)]))
        assert event["DTEND;VALUE=DATE"] == "20180502"


def test_a_deadline_without_a_date_is_left_out() -> None:
    assert properties(calendar_text([row(due_from=None, due_to=None)])) == []


def test_an_open_start_is_due_on_the_last_day() -> None:
    (event,) = properties(calendar_text([row(due_from=None)]))
    assert event["DTSTART;VALUE=DATE"] == "20180501"
    assert event["DTEND;VALUE=DATE"] == "20180502"


def test_text_is_escaped_and_cannot_add_a_line() -> None:
    what = "a;b,c\\d\r\nATTENDEE:mailto:x\x00\x1b"
    (event,) = properties(calendar_text([row(what=what)]))
    assert event["SUMMARY"] == "a\\;b\\,c\\\\d\\nATTENDEE:mailto:x"
    assert "ATTENDEE" not in event


@pytest.mark.parametrize("what", ["x" * 400, "é" * 200, "🌽" * 100, "\u202e" + "a" * 73])
def test_lines_are_folded_at_75_octets_between_characters(what: str) -> None:
    text = calendar_text([row(what=what)])
    lines = text.encode().split(b"\r\n")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()
    assert f"SUMMARY:{what}\r\n" in text.replace("\r\n ", "")
    assert "\n" not in text.replace("\r\n", "")


def test_the_calendar_of_the_site_has_its_deadlines_and_takes_filters(site: Site) -> None:
    assert len(properties(site.get("/calendar.ics").text)) == 2
    (event,) = properties(site.get("/calendar.ics?party=US").text)
    assert event["SUMMARY"] == "exemption\\; ends\\, for good"
    assert event["URL"].endswith(f"/events/{site.ids['deadline']}")


@pytest.mark.parametrize(("name", "count"), [("quotes", 3), ("deadlines", 2)])
def test_atom_parses_and_holds_the_entries(site: Site, name: str, count: int) -> None:
    answer = site.get(f"/feeds/{name}.atom")
    feed = feedparser.parse(answer.content)
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.version == "atom10"
    assert len(feed.entries) == count
    for entry in feed.entries:
        assert entry.id.startswith("urn:nafta-monitor:event:ev")
        assert entry.link.startswith(f"http://127.0.0.1:{site.port}/events/")
        assert entry.updated_parsed
        assert not any(link.href.startswith("javascript:") for link in entry.links)
    hostile = next(entry for entry in feed.entries if "script" in entry.title)
    assert hostile.content[0].type == "text/plain"
    assert hostile.content[0].value.count("<script>") >= 1


def test_atom_survives_characters_that_xml_cannot_write() -> None:
    text = "a\x00\x08\x1b\ufffe\ud800b"
    entry = FeedEntry(
        id="urn:x",
        title=text,
        url="http://127.0.0.1/",
        article_url="javascript:alert(1)",
        text=text,
        author=text,
        published=NOW,
        updated=NOW,
        lang="en",
        tags=(text,),
    )
    made = atom_text(text, "urn:y", "http://127.0.0.1/f", "http://127.0.0.1/", [entry])
    feed = feedparser.parse(made.encode())
    assert not feed.bozo
    assert feed.entries[0].title == "a" + "\ufffd" * 5 + "b"
    assert "javascript" not in made


def test_an_empty_atom_feed_has_all_it_must() -> None:
    feed = feedparser.parse(atom_text("t", "urn:y", "http://a/f", "http://a/", []).encode())
    assert not feed.bozo
    assert feed.feed.updated == "1970-01-01T00:00:00Z"


def test_json_feed_pages_with_next_url(site: Site) -> None:
    seen, url = [], "/feeds/all.json?limit=3"
    while url:
        feed = site.get(url).json()
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert feed["feed_url"].endswith(url.rpartition("/")[2])
        for item in feed["items"]:
            assert item["content_text"]
            assert datetime.fromisoformat(item["date_published"]).tzinfo == UTC
            assert not item.get("external_url", "").startswith("javascript")
        seen += [item["id"] for item in feed["items"]]
        url = feed.get("next_url")
    assert len(seen) == len(set(seen)) == 7


def test_feeds_leave_out_what_was_withdrawn_unless_asked(site: Site) -> None:
    assert feedparser.parse(site.get("/feeds/quotes.atom?status=withdrawn").content).entries == []


def test_feeds_quote_in_the_marks_of_the_language(site: Site) -> None:
    text = site.get("/feeds/quotes.atom").text
    assert "« Le Québec défendra l’offre »" in text
    assert "“We will not sign a bad deal,”" in text
    assert not re.search("<script", text)
    assert HOSTILE not in text


@pytest.mark.parametrize("path", ["/calendar.ics", "/feeds/quotes.atom", "/feeds/all.json",
                                  "/static/page.js"])  # fmt: skip
def test_a_subscriber_who_has_it_is_told_so(site: Site, path: str) -> None:
    tag = site.get(path).headers["etag"]
    for known in (tag, f'"other", W/{tag}'):
        again = site.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
    assert site.get(path, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.mark.parametrize("query", ["", "?party=US", "?issue=autos"])
def test_positions_are_a_feed_in_which_another_stance_is_another_entry(
    site: Site, query: str
) -> None:
    rows = site.get(f"/api/v1/positions{query}").json()["items"]
    feed = feedparser.parse(site.get(f"/feeds/positions.atom{query}").content)
    assert not feed.bozo
    assert [entry.id for entry in feed.entries] == [
        f"urn:nafta-monitor:position:{row['issue']}:{row['party']}:{row['event_id']}"
        for row in rows
    ]
    for entry, row in zip(feed.entries, rows, strict=True):
        assert entry.title.startswith(f"{row['party']} {row['stance']}")
        assert entry.link.endswith(f"/events/{row['event_id']}")
        assert entry.published == row["since"]


def test_a_position_is_called_as_the_pack_has_it(site: Site) -> None:
    titles = [
        entry.title for entry in feedparser.parse(site.get("/feeds/positions.atom").content).entries
    ]
    assert "US demands: Dairy" in titles


@pytest.mark.parametrize("name", ["quotes", "deadlines", "positions"])
def test_both_forms_of_a_feed_hold_the_same(site: Site, name: str) -> None:
    atom = feedparser.parse(site.get(f"/feeds/{name}.atom").content)
    json_feed = site.get(f"/feeds/{name}.json").json()
    assert json_feed["version"] == "https://jsonfeed.org/version/1.1"
    assert json_feed["title"] == atom.feed.title
    assert [item["id"] for item in json_feed["items"]] == [entry.id for entry in atom.entries]
    assert [item["url"] for item in json_feed["items"]] == [entry.link for entry in atom.entries]
