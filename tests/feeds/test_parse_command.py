"""``nafta-monitor feeds parse``."""

import json
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from monitor.cli.feeds_parse import parse_command

DATA = Path(__file__).parents[1] / "data" / "feeds"


def run(*args: str, input: str | None = None) -> tuple[Any, str]:
    result = CliRunner().invoke(parse_command, args, input=input, standalone_mode=False)
    assert result.exception is None
    return result.return_value, result.stdout


def test_one_file_is_printed_as_json() -> None:
    status, output = run(str(DATA / "rss20.xml"), "--base-url", "https://courier.example/f")
    shown = json.loads(output)
    assert status == 0
    assert shown["title"] == "Harbour Courier & Trade"
    assert shown["entries"][0]["published"] == "2018-03-28T21:05:00+00:00"
    assert shown["entries"][0]["link"] == "https://courier.example/trade/dairy?ref=rss&n=1"


def test_several_files_are_a_list_and_one_that_is_no_feed_fails() -> None:
    status, output = run(str(DATA / "atom.xml"), str(DATA / "atom.json"))
    first, second = json.loads(output)
    assert status == 1
    assert first["title"] == "La Vigie"
    assert "no JSON Feed" in second["error"]


def test_lines_are_answered_in_order_and_a_bad_one_stops_nothing(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body>x</body></html>")
    latin = tmp_path / "latin.xml"
    latin.write_bytes("<rss><channel><title>été</title></channel></rss>".encode("latin-1"))
    headers = {"Content-Type": "text/xml; charset=latin-1"}
    lines = [
        json.dumps({"id": 1, "path": str(DATA / "rdf.xml"), "base_url": "https://a.example/"}),
        json.dumps({"id": "p", "path": str(page), "base_url": "https://a.example/p"}),
        "{broken",
        "",
        json.dumps({"id": "m", "path": str(tmp_path / "missing")}),
        json.dumps({"id": "n"}),
        json.dumps(["no object"]),
        json.dumps({"id": "h", "path": str(latin), "headers": headers, "more": 1}),
        json.dumps({"id": "w", "path": str(latin), "headers": []}),
        json.dumps({"id": "x", "path": str(latin), "headers": "text"}),
    ]
    status, output = run("-", "--format", "jsonl", input="\n".join(lines))
    answers = [json.loads(line) for line in output.splitlines()]
    assert status == 1
    assert [answer["id"] for answer in answers] == [1, "p", None, "m", "n", None, "h", "w", "x"]
    assert ["error" in answer for answer in answers] == [False] + [True] * 5 + [False, False, True]
    assert "feeds discover https://a.example/p" in answers[1]["error"]
    assert answers[6]["title"] == "été"


def test_an_entry_has_every_key_of_the_contract() -> None:
    line = json.dumps({"id": "a", "path": str(DATA / "damaged.xml")})
    status, output = run("-", "--format", "jsonl", input=line)
    keys = {"id", "title", "link", "published", "updated", "summary", "content"}
    assert status == 0
    assert all(keys <= set(entry) for entry in json.loads(output)["entries"])
