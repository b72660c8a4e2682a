"""Archives in: every article once, with its own time, and told why the rest was left out."""

import gzip
import html
import json
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.archives import ArchiveError, read_archive
from tests.commands import ENVIRONMENT, Program

TEXT = (
    "OTTAWA — Canada's chief NAFTA negotiator Steve Verheul spoke about dairy quotas on "
    "Wednesday.\n\n“We will not open our market any further for {what},” Verheul said.\n\n"
    "The talks on supply management go on next week, an official of the ministry said, and "
    "nobody in the room expects them to be short or easy."
)


def page(number: int, *, canonical: str | None = None, dated: bool = True) -> str:
    paragraphs = "".join(
        f"<p>{html.escape(part, quote=False)}</p>"
        for part in TEXT.format(what=f"party number {number}").split("\n\n")
    )
    when = f"2018-03-{number + 1:02}T12:00:00Z"
    meta = f"<meta property='article:published_time' content='{when}'>" if dated else ""
    link = f"<link rel='canonical' href='{canonical}'>" if canonical else ""
    return (
        f"<!doctype html><html lang='en'><head><title>Talks, day {number}</title>{meta}{link}"
        f"</head><body><main><article><h1>Talks, day {number}</h1>{paragraphs}</article></main>"
        "</body></html>"
    )


def record(
    url: str, body: bytes, *, kind: str = "response", media: str = "application/http"
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2018-06-01T08:00:00Z\r\nContent-Type: {media}; msgtype=response\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def answer(body: bytes, *lines: str, status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *lines]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def chunked(body: bytes) -> bytes:
    return b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (body[:100], body[100:], b"")
    )


@pytest.fixture
def program(tmp_path: Path, sqlite_url: str) -> Program:
    (tmp_path / "nafta-monitor.toml").write_text(
        '[extract]\nworkers = 1\n[log]\nlevel = "error"\n', encoding="utf-8"
    )
    return Program(tmp_path, sqlite_url)


def test_warc_holds_pages_however_they_were_sent(program: Program) -> None:
    url = "https://paper.example/news/"
    pages = [page(number).encode() for number in range(3)]
    records = [
        record("https://paper.example/", b"software: test", kind="warcinfo", media="text/x"),
        record(f"{url}0", answer(pages[0])),
        record(f"{url}1", answer(chunked(pages[1]), "Transfer-Encoding: chunked")),
        record(f"{url}2", answer(gzip.compress(pages[2]), "Content-Encoding: gzip")),
        record(f"{url}3", answer(b"gone", status="404 Not Found")),
        record(f"{url}4", b"GET /news/4 HTTP/1.1\r\n\r\n", kind="request"),
        record(f"{url}5", answer(page(5, dated=False).encode())),
    ]
    file = program.folder / "crawl.warc.gz"
    file.write_bytes(b"".join(map(gzip.compress, records)))
    said = program.call("backfill", str(file)).stderr
    assert "Stored 4 articles; 0 were known." in said
    assert "Left out 1: an answer with status 404." in said
    articles = {row["url"]: row for row in program.rows("articles")}
    assert articles.keys() == {f"{url}{number}" for number in (0, 1, 2, 5)}
    assert articles[f"{url}1"]["published_at"] == "2018-03-02T12:00:00+00:00"
    assert articles[f"{url}5"]["published_at"] == "2018-06-01T08:00:00+00:00"
    assert articles[f"{url}5"]["published_source"] == "archive"
    quotes = program.rows("quotes", "--search", "market")
    assert {row["speaker_name"] for row in quotes} == {"Steve Verheul"}
    again = program.call("backfill", str(file)).stderr
    assert "Stored 0 articles; 4 were known." in again


def test_json_lines_may_be_articles_or_pages(program: Program) -> None:
    lines = [
        {"url": "https://a.example/1", "text": TEXT.format(what="whey"), "published": "2018-03-05"},
        {"url": "https://a.example/2", "html": page(7)},
        {"url": "https://a.example/3", "text": TEXT.format(what="cream")},
        {"url": "https://a.example/4"},
        {"text": "no address"},
        {"url": "file:///etc/passwd", "text": "x", "published": "2018-03-05"},
    ]
    file = program.folder / "old.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines) + "{broken\n")
    said = program.call("backfill", str(file)).stderr
    assert "Stored 2 articles" in said
    for reason in (
        "without a date of publication",
        'without a "text" or "html"',
        'not a JSON object with an "url"',
        "not a line of JSON",
        "an address that is no web page",
    ):
        assert f"Left out 1: {reason}." in said
    row = next(row for row in program.rows("articles") if row["url"].endswith("/1"))
    assert row["published_at"].startswith("2018-03-05")
    assert row["text"] == TEXT.format(what="whey")


def test_what_was_exported_can_be_brought_in_again(program: Program) -> None:
    lines = {"url": "https://a.example/1", "text": TEXT.format(what="whey"), "date": "2018-03-05"}
    file = program.folder / "old.jsonl"
    file.write_text(json.dumps(lines))
    program.run("backfill", str(file))
    program.run("export", "articles", str(program.folder / "articles.jsonl"))
    (program.folder / "other").mkdir()
    other = Program(program.folder, f"sqlite:///{program.folder}/other/store.db")
    other.run("backfill", str(program.folder / "articles.jsonl"))
    key = ("article_id", "text", "published_at", "outlet", "title", "lang")
    there, here = program.rows("articles"), other.rows("articles")
    assert [[row[name] for name in key] for row in here] == [
        [row[name] for name in key] for row in there
    ]
    assert len(other.rows("quotes")) == len(program.rows("quotes")) > 0


def test_pages_in_a_folder_have_the_address_that_they_or_their_path_say(program: Program) -> None:
    mirror = program.folder / "mirror"
    for path, text in (
        ("paper.example/news/1.html", page(1)),
        ("saved/two.html", page(2, canonical="https://other.example/two")),
        ("saved/three.htm", page(3)),
        ("saved/notes.txt", "no page"),
    ):
        (mirror / path).parent.mkdir(parents=True, exist_ok=True)
        (mirror / path).write_text(text, encoding="utf-8")
    said = program.call("backfill", str(mirror)).stderr
    assert "Stored 2 articles" in said
    assert "without an address (--base-url gives one)" in said
    urls = {row["url"] for row in program.rows("articles")}
    assert urls == {"https://paper.example/news/1.html", "https://other.example/two"}
    program.run("backfill", str(mirror / "saved"), "--base-url", "https://third.example/x/")
    urls = {row["url"] for row in program.rows("articles")}
    assert "https://third.example/x/three.htm" in urls


def test_an_archive_that_breaks_off_keeps_what_was_read(program: Program) -> None:
    whole = record("https://a.example/1", answer(page(1).encode()))
    file = program.folder / "cut.warc"
    file.write_bytes(whole + record("https://a.example/2", answer(page(2).encode()))[:-500])
    other = program.folder / "other.jsonl"
    other.write_text(json.dumps({"url": "https://a.example/9", "html": page(9)}))
    done = program.call("backfill", str(file), str(other), status=1)
    assert "Stored 2 articles" in done.stderr
    assert "cut.warc ends within record 2." in done.stderr


def test_a_kill_in_the_middle_loses_and_doubles_nothing(program: Program) -> None:
    lines = [{"url": f"https://a.example/{n}", "html": page(n % 28)} for n in range(60)]
    file = program.folder / "old.jsonl"
    file.write_text("".join(f"{json.dumps(line)}\n" for line in lines))
    for wait in (1.5, 2.5):
        process = subprocess.Popen(
            program.arguments("backfill", str(file)),
            cwd=program.folder,
            env=ENVIRONMENT,
            stderr=subprocess.DEVNULL,
        )
        time.sleep(wait)
        process.send_signal(signal.SIGKILL)
        process.wait()
    program.run("backfill", str(file))
    articles = program.rows("articles", "--limit", "100")
    assert len(articles) == 60
    assert {row["state"] for row in articles} == {"done"}
    assert program.run("db", "check") == ""


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("x.zip", b"PK", "is no archive that is known here"),
        ("x.warc", b"hello\n", "record 1 is no WARC record"),
        ("x.warc", b"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "has no length"),
        ("x.warc.gz", b"no gzip at all", "cannot be read to its end"),
        ("x.warc.gz", gzip.compress(b"WARC/1.0\r\n" * 99)[:-9], "cannot be read to its end"),
    ],
    ids=["unknown", "no record", "no length", "not packed", "cut off"],
)
def test_what_is_no_archive_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    with pytest.raises(ArchiveError, match=reason) as raised:
        list(read_archive(file))
    assert "\n" not in str(raised.value)


def test_lines_and_records_that_are_too_big_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.archives.lines._LONGEST", 100)
    monkeypatch.setattr("monitor.archives.warc._TOO_BIG", 100)
    small = {"url": "https://a.example/1", "text": "x", "date": "2018-03-01T10:00:00-05:00"}
    lines = tmp_path / "x.jsonl"
    lines.write_text(f"{json.dumps({'url': 'x' * 500})}\n{json.dumps(small)}\n")
    big, kept = read_archive(lines)
    assert big.reason == "too big"
    assert kept.article is not None
    assert kept.article.published == datetime(2018, 3, 1, 15, tzinfo=UTC)
    warc = tmp_path / "x.warc"
    big_record = record("https://a.example/1", answer(b"y" * 500))
    warc.write_bytes(big_record + record("https://a.example/2", b"HTTP/1.1 200\r\n\r\nz"))
    assert [item.reason for item in read_archive(warc)] == ["too big", None]
