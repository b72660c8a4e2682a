"""On a terminal: tables that fit, evidence that stands out, nothing cut that must be copied."""

import re
import sys
from datetime import UTC, date, datetime
from typing import Any

import pytest

from monitor.cli import main
from monitor.cli.show import describe
from monitor.text_tables import plain_table, shown
from storage.engine import Database
from tests.web.filling import HOSTILE, fill

COLUMNS = "event_id type status published_at party sightings outlet text".split()
ROW: dict[str, Any] = {
    "event_id": "q_fd229975f2dc9b63",
    "type": "quote",
    "status": "active",
    "published_at": datetime(2026, 11, 25, 2, 35, 7, tzinfo=UTC),
    "party": "MX",
    "sightings": 3,
    "outlet": "Great Lakes Morning Register",
    "text": "Con 50 cerrábamos dos líneas; con 35 movemos una al otro lado del puente. " * 3,
}


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    return monkeypatch


@pytest.mark.parametrize("width", [60, 80, 100, 132, 200])
def test_a_table_fits_the_terminal_and_its_ids_are_whole(
    terminal: pytest.MonkeyPatch, width: int
) -> None:
    terminal.setenv("COLUMNS", str(width))
    lines = list(plain_table([ROW], COLUMNS))
    assert max(map(len, lines)) <= width
    assert lines[1].startswith("q_fd229975f2dc9b63  ")
    text = lines[1].rpartition("  ")[2]
    assert len(text) >= 20


def test_what_matters_less_is_left_out_first(terminal: pytest.MonkeyPatch) -> None:
    terminal.setenv("COLUMNS", "80")
    head = next(plain_table([ROW], COLUMNS))
    assert head.split("  ")[0] == "event id"
    assert "sightings" not in head
    assert "text" in head
    terminal.setenv("COLUMNS", "300")
    assert (
        next(plain_table([ROW], COLUMNS)).split()
        == "event id type status published at party sightings outlet text".split()
    )


def test_a_pipe_gets_every_column_and_nothing_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    lines = list(plain_table([ROW], COLUMNS))
    assert ROW["text"].strip() in lines[1]


def test_a_time_is_shown_to_the_minute() -> None:
    assert shown(ROW["published_at"]) == "2026-11-25 02:35"
    assert shown(date(2026, 11, 25)) == "2026-11-25"


def test_an_empty_table_has_its_head(terminal: pytest.MonkeyPatch) -> None:
    terminal.setenv("COLUMNS", "80")
    assert list(plain_table([], ["event_id", "text"])) == ["event id  text"]


DETAIL: dict[str, Any] = {
    "type": "deadline",
    "event_id": "d_1",
    "what": "responder sobre autos",
    "due_from": date(2026, 12, 28),
    "due_to": date(2026, 12, 29),
    "certainty": "fixed",
    "history": [
        {"due": {"from": "2026-12-14", "text": "14 de diciembre"}, "at": "2026-11-19T19:40:00Z"}
    ],
    "evidence": [
        {
            "article_id": "a_1", "outlet": "La Bitácora", "title": "Greer amplía el plazo",
            "url": "https://news.example/1", "published_at": None, "revision": 1,
            "passage": {
                "before": "Amplió el plazo «",
                "parts": [
                    {"text": "hasta el 28 de diciembre", "marked": True},
                    {"text": " (no habrá tercera, dijo), ", "marked": False},
                    {"text": "sin\n\nfalta", "marked": True},
                ],
                "evidence": "", "after": "» para responder.",
            },
        },
    ],
}  # fmt: skip


def test_the_evidence_stands_in_brackets_where_there_is_no_colour() -> None:
    text = "\n".join(describe(DETAIL, color=False))
    assert "Amplió el plazo «[[hasta el 28 de diciembre]] (no habrá tercera, dijo)" in text
    assert "[[sin falta]]» para" in text
    assert "2026-12-14 (“14 de diciembre”, told 2026-11-19) →\n  2026-12-28 now" in text
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [40, 57, 80])
def test_lines_fit_and_the_highlight_goes_on_over_them(width: int) -> None:
    lines = list(describe(DETAIL, color=True, width=width))
    plain = [re.sub(r"\x1b\[\d*m", "", line) for line in lines]
    assert max(map(len, plain)) <= width
    marked = re.findall(r"\x1b\[1m\x1b\[4m(.*?)\x1b\[0m", "\n".join(lines))
    assert " ".join(" ".join(marked).split()) == "hasta el 28 de diciembre sin falta"


def test_one_article_is_named_once_however_often_it_says_it() -> None:
    detail = DETAIL | {"evidence": DETAIL["evidence"] * 2}
    lines = list(describe(detail, color=False))
    assert sum("La Bitácora" in line for line in lines) == 1
    assert sum("Amplió el plazo" in line for line in lines) == 2


def test_an_event_that_no_article_carries_says_so() -> None:
    assert list(describe(DETAIL | {"evidence": []}, color=False))[-1].startswith("No article")


def test_show_tells_of_every_type_and_nothing_reaches_the_terminal_raw(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    ids = fill(sqlite_database)
    for name in ("quote", "deadline", "mention", "hostile"):
        with pytest.raises(SystemExit) as ended:
            main(["--database", str(sqlite_database.url), "show", ids[name]])
        assert ended.value.code == 0
        out = capsys.readouterr().out
        assert ids[name] in out
        assert "Evidence (" in out
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", out)
    assert HOSTILE.split()[0] in out
