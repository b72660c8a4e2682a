"""The line of time: where a deadline stands, how exactly, and from where it moved."""

from datetime import date, timedelta
from typing import Any

import pytest

from monitor.web.interface import ENGLISH, texts_in
from monitor.web.timeline import Timeline, timeline
from tests.web.conftest import Site
from tests.web.test_pages import soup

TODAY = date(2018, 3, 20)


def row(event_id: str, start: date | None, end: date | None = None, **more: Any) -> dict[str, Any]:
    if start is not None and end is None:
        end = start + timedelta(days=1)
    return {"event_id": event_id, "due_from": start, "due_to": end, "history": []} | more


def drawn(*rows: dict[str, Any], today: date = TODAY) -> Timeline:
    found = timeline(rows, today, ENGLISH)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("start", "end", "kind"),
    [
        (date(2018, 5, 1), date(2018, 5, 2), "day"),
        (date(2018, 5, 1), date(2018, 5, 8), "span"),
        (date(2018, 5, 1), date(2018, 6, 1), "span"),
        (date(2018, 3, 20), date(2018, 6, 21), "vague"),
        (date(2018, 1, 1), date(2019, 1, 1), "vague"),
        (None, date(2018, 5, 2), "open"),
    ],
    ids=["day", "week", "month", "season", "year", "open"],
)
def test_a_deadline_is_drawn_as_exactly_as_it_is_known(
    start: date | None, end: date, kind: str
) -> None:
    assert drawn(row("a", start, end)).tracks["a"].kind == kind


def test_places_follow_time_and_a_span_is_as_long_as_it_is() -> None:
    line = drawn(
        row("near", date(2018, 4, 1)),
        row("month", date(2018, 5, 1), date(2018, 6, 1)),
        row("past", date(2018, 3, 1)),
    )
    past, near, month = (line.tracks[name] for name in ("past", "near", "month"))
    assert line.today is not None
    assert 0 < past.place < line.today < near.place < month.left < 100
    assert month.width == pytest.approx(31 * near.width, rel=0.02)


def test_a_move_keeps_the_places_it_had_oldest_first() -> None:
    history = [
        {"due": {"from": "2018-03-23", "to": "2018-03-24"}},
        {"due": {"from": "2018-04-10", "to": "2018-04-11"}},
        {"due": {"from": None, "to": None, "text": "soon"}},
    ]
    track = drawn(row("a", date(2018, 5, 1), history=history)).tracks["a"]
    first, second = track.earlier
    assert 0 < first < second < track.place


def test_one_that_lies_far_out_does_not_squeeze_the_others() -> None:
    rows = [row(str(day), date(2018, 4, day)) for day in (2, 9, 16, 23)]
    line = drawn(*rows, row("sunset", date(2034, 7, 1)))
    assert line.tracks["23"].place - line.tracks["2"].place > 40
    assert line.tracks["sunset"].beyond == "after"


def test_where_all_is_past_today_is_not_on_the_line() -> None:
    line = drawn(row("a", date(2018, 3, 1)), row("b", date(2018, 5, 1)), today=date(2026, 1, 1))
    assert line.today is None
    assert line.tracks["b"].place - line.tracks["a"].place > 60


def test_without_a_date_there_is_no_line() -> None:
    assert timeline([row("a", None)], TODAY, ENGLISH) is None
    assert timeline([], TODAY, ENGLISH) is None


@pytest.mark.parametrize("years", [0.1, 0.3, 1, 3, 10, 60, 900])
def test_the_scale_has_a_few_marks_at_any_length(years: float) -> None:
    end = min(date.max, TODAY + timedelta(days=int(365 * years)))
    line = drawn(row("a", TODAY), row("b", end))
    assert 1 <= len(line.ticks) <= 10
    assert [tick.left for tick in line.ticks] == sorted(tick.left for tick in line.ticks)
    assert all(0 <= tick.left <= 100 for tick in line.ticks)


def test_the_scale_speaks_the_readers_language() -> None:
    rows = [row("a", TODAY), row("b", date(2018, 8, 20))]
    found = timeline(rows, TODAY, texts_in("fr"))
    assert found is not None
    assert [tick.label for tick in found.ticks][:2] == ["avr. 2018", "mai"]


@pytest.mark.parametrize(
    ("start", "end"),
    [(date.min, date.min), (date.max, date.max), (date.min, date.max), (None, date.min)],
)
def test_the_ends_of_time_can_be_drawn(start: date | None, end: date) -> None:
    line = drawn(row("a", start, end), row("b", TODAY))
    for track in line.tracks.values():
        assert 0 <= track.left <= 100
        assert 0 <= track.left + track.width <= 100.01


def test_the_page_draws_each_deadline_and_its_move(site: Site) -> None:
    page = soup(site, "/")
    moved = page.select_one("li.deadline")
    assert moved is not None
    assert [circle["class"] for circle in moved.select("circle")] == [["was"], ["day"]]
    assert len(moved.select("line.move")) == 1
    was, now = (float(str(circle["cx"]).rstrip("%")) for circle in moved.select("circle"))
    assert was < now
    assert page.select("li.deadline rect.span")
    assert page.select(".scale text")
