"""What a reader sees: dates in words, filters that hold, evidence one click away."""

from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from bs4 import BeautifulSoup

from monitor.web.digest import paragraphs
from monitor.web.moves import moves_of
from monitor.web.wording import ago_words, days_left, due_words, speaker_words, web_link
from storage.engine import Database
from tests.web.conftest import Site
from tests.web.filling import ENGLISH, NOW, Filling, fill


def soup(site: Site, path: str) -> BeautifulSoup:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    return BeautifulSoup(answer.text, "lxml")


def test_every_event_on_the_page_links_to_its_evidence(site: Site) -> None:
    page = soup(site, "/")
    links = {a["href"] for a in page.select("li a[href^='/events/']")}
    assert len(links) == 7
    for link in links:
        assert soup(site, str(link)).select("mark")


def test_a_deadline_shows_the_days_left_and_its_move(site: Site) -> None:
    text = soup(site, "/").select_one("li.deadline").get_text(" ", strip=True)  # type: ignore[union-attr]
    assert "in 42 days" in text
    assert "1 May 2018" in text
    assert "23 March 2018 → 1 May 2018 moved" in text


def test_the_matrix_has_issues_and_parties(site: Site) -> None:
    page = soup(site, "/positions")
    assert [th.get_text() for th in page.select("thead th")] == ["Issue", "MX", "US"]
    assert [stance.get_text() for stance in page.select("td .stance")] == ["opposes", "demands"]


@pytest.mark.parametrize(
    ("query", "quotes"),
    [("", 3), ("party=CA", 1), ("lang=fr", 1), ("search=defendra", 1), ("issue=dairy", 1),
     ("speaker=gagne", 1), ("until=2018-01-01", 0)],
)  # fmt: skip
def test_filters_of_the_page_hold(site: Site, query: str, quotes: int) -> None:
    assert len(soup(site, f"/?{query}").select("li.quote")) == quotes


def test_sections_that_cannot_answer_a_filter_are_not_shown(site: Site) -> None:
    assert soup(site, "/").select("section.positions, section.mentions")
    assert not soup(site, "/?speaker=x").select("section.positions, section.mentions")


def test_an_article_marks_all_its_evidence_with_links(site: Site) -> None:
    page = soup(site, f"/articles/{site.ids['article']}")
    marked = {a["href"]: a.get_text() for a in page.select("article a.mark")}
    assert marked[f"/events/{site.ids['quote']}"] == "We will not sign a bad deal,"
    assert marked[f"/events/{site.ids['deadline']}"] == "The exemption ends on May 1, 2018."
    assert len(page.select("article > p:not(.kicker)")) == 3
    assert "The Other" in page.select_one("aside").get_text()  # type: ignore[union-attr]


def test_what_an_article_says_of_an_issue_is_called_as_the_pack_has_it(site: Site) -> None:
    answer = site.get(f"/articles/{site.ids['article']}", headers={"Accept-Language": "es"})
    found = BeautifulSoup(answer.text, "lxml").select_one("ul.found")
    assert found is not None
    assert "US exige Lácteos : The United States" in found.get_text(" ", strip=True)


def test_an_address_that_is_not_of_the_web_is_no_link(site: Site) -> None:
    page = soup(site, f"/articles/{site.ids['hostile_article']}")
    assert "original" not in page.get_text()


def test_the_history_of_a_deadline_is_told(site: Site) -> None:
    page = soup(site, f"/events/{site.ids['deadline']}")
    steps = [li.get_text(" ", strip=True) for li in page.select(".history li")]
    assert steps == ["23 March 2018 told 8 March 2018, 00:00 UTC", "1 May 2018 now"]


def test_listings_lead_on_to_the_next_page(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with sqlite_database.write() as connection:
        press = Filling(connection, count(1))
        for _ in range(60):
            article = press.article(ENGLISH)
            press.quote(article, ENGLISH, "Talks resumed on Monday.")
    seen: list[str] = []
    with serving(sqlite_database) as client:
        link: str | None = "/quotes?lang=en"
        while link:
            page = BeautifulSoup(client.get(link).text, "lxml")
            seen += [str(a["href"]) for a in page.select("li.quote blockquote a")]
            following = page.select_one("a[rel=next]")
            link = f"/quotes{following['href']}" if following else None
    assert len(seen) == len(set(seen)) == 60


def test_pages_are_valid_for_readers_of_every_kind(site: Site) -> None:
    for path in ("/", "/quotes", f"/events/{site.ids['quote']}"):
        page = soup(site, path)
        assert page.html is not None
        assert page.html["lang"] == "en"
        assert len(page.select("h1")) == 1
        assert len(page.select("main")) == 1
        assert all(field.find_parent("label") for field in page.select("input:not([type=hidden])"))
        ids = [tag["id"] for tag in page.select("[id]")]
        assert len(ids) == len(set(ids))


def test_of_a_span_that_has_begun_the_end_is_what_lies_ahead(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    with sqlite_database.write() as connection:
        press = Filling(connection)
        article = press.article(ENGLISH)
        for what, start, end in (
            ("this year", date(2018, 1, 1), date(2019, 1, 1)),
            ("in May", date(2018, 5, 1), date(2018, 6, 1)),
            ("this month", date(2018, 3, 1), date(2018, 4, 1)),
            ("over", date(2018, 3, 1), date(2018, 3, 2)),
        ):
            press.deadline(
                *(article, ENGLISH, "Talks resumed"), what=what, due_from=start, due_to=end
            )
    with serving(sqlite_database) as client:
        page = BeautifulSoup(client.get("/").text, "lxml")
    assert [p.get_text() for p in page.select("ol.coming .what")] == [
        *("this month", "in May", "this year"),
    ]
    assert [p.get_text() for p in page.select("ol.over .what")] == ["over"]


def test_where_no_deadline_lies_ahead_the_latest_are_shown(
    serving: Callable[..., Any], sqlite_database: Database
) -> None:
    fill(sqlite_database)
    with serving(sqlite_database, now=lambda: NOW + timedelta(days=3000)) as client:
        page = BeautifulSoup(client.get("/").text, "lxml")
    section = page.select_one("section.deadlines")
    assert section is not None
    assert "Latest deadlines" in section.get_text()
    assert "days ago" in section.get_text()
    assert [p.get_text()[:9] for p in section.select("li.past .what")] == ["<script>a", "exemption"]
    assert len(section.select(".status.passed")) == 2
    assert len(section.select("li .track")) == 2
    assert not section.select("li.deadline .today")


@pytest.mark.parametrize(
    ("name", "role", "organisation", "expected"),
    [
        ("Ann Doe", "minister", "org-id", ("Ann Doe", "minister")),
        ("Ann Doe", None, "org-id", ("Ann Doe", "org-id")),
        ("Ann Doe", None, None, ("Ann Doe", "")),
        (None, "a Canadian official", None, ("A Canadian official", "")),
        (None, None, None, ("Unnamed speaker", "")),
    ],
)
def test_a_speaker_has_the_best_name_there_is(
    name: str | None, role: str | None, organisation: str | None, expected: tuple[str, str]
) -> None:
    assert speaker_words(name, role, organisation) == expected


# --- words ---


@pytest.mark.parametrize(
    ("due", "end", "precision", "expected"),
    [
        (date(2018, 5, 1), date(2018, 5, 2), "day", "1 May 2018"),
        (date(2018, 5, 1), None, None, "1 May 2018"),
        (date(2018, 5, 1), date(2018, 6, 1), "month", "May 2018"),
        (date(2018, 4, 1), date(2018, 7, 1), "quarter", "quarter 2 of 2018"),
        (date(2018, 4, 2), date(2018, 4, 9), "week", "week of 2 April 2018"),
        (date(2018, 1, 1), date(2019, 1, 1), "year", "2018"),
        (date(2018, 3, 20), date(2018, 6, 21), "season", "20 March 2018 to 20 June 2018"),
        (None, None, None, "soon"),
        (None, date(2018, 5, 2), None, "by 1 May 2018"),
    ],
)
def test_a_due_date_is_as_exact_as_it_is_known(
    due: date | None, end: date | None, precision: str | None, expected: str
) -> None:
    assert due_words(due, end, precision, "soon") == expected


@pytest.mark.parametrize(
    ("days", "length", "expected"),
    [(0, 1, "today"), (1, 1, "tomorrow"), (12, 1, "in 12 days"), (-1, 1, "yesterday"),
     (-3, 1, "3 days ago"), (-3, 10, "6 days left"), (0, 10, "9 days left"), (-9, 10, "today"),
     (-8, 10, "1 day left"), (-10, 10, "yesterday")],
)  # fmt: skip
def test_days_left_counts_to_the_start_and_from_the_end(
    days: int, length: int, expected: str
) -> None:
    today = date(2018, 3, 20)
    due = today + timedelta(days=days)
    assert days_left(due, due + timedelta(days=length), today) == expected
    assert days_left(None, None, today) == ""
    assert days_left(None, date(2018, 3, 22), today) == "tomorrow"


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(0, "just now"), (59, "just now"), (60, "1 minute ago"), (7200, "2 hours ago"),
     (200_000, "2 days ago"), (-600, "in 10 minutes")],
)  # fmt: skip
def test_how_long_ago_is_told_roughly(seconds: int, expected: str) -> None:
    assert ago_words(NOW - timedelta(seconds=seconds), NOW) == expected


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:x", "data:text/html,x", "//evil.test", "/path", "",
     "http://", "http://[::1", None, 3, "JAVASCRIPT:x", "vbscript:x", "file:///etc/passwd"],
)  # fmt: skip
def test_only_web_addresses_become_links(url: object) -> None:
    assert web_link(url) is None


def test_a_web_address_becomes_a_link() -> None:
    assert web_link("https://news.example/a?b=c") == "https://news.example/a?b=c"


def test_history_of_any_shape_can_be_told() -> None:
    history = [
        {"due": {"from": "2018-03-23", "to": "2018-03-24"}, "at": "2018-03-08T00:00:00Z"},
        {"due": None, "at": "then"},
        {"due": {"from": "soon", "text": "soon"}},
        {},
        "nothing",
    ]
    assert [move.words for move in moves_of({"history": history})] == [
        "23 March 2018",
        *("unknown date", "soon", "unknown date"),
    ]
    assert moves_of({}) == []


def test_paragraphs_join_to_the_text_and_pieces_know_their_events() -> None:
    text = "abc def\n\nghi jkl"
    spans = [(0, 7, "long", "quote"), (4, 7, "short", "deadline"), (5, 12, "over", "quote")]
    found = paragraphs(text, spans)
    assert "\n\n".join("".join(piece["text"] for piece in part) for part in found) == text
    assert [[event[0] for event in piece["events"]] for piece in found[0]] == [
        ["long"],
        ["short", "long"],
        ["short", "long", "over"],
    ]
    assert [[event[0] for event in piece["events"]] for piece in found[1]] == [["over"], []]
