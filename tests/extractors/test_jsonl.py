"""The exact JSON of ``extract --format jsonl``."""

import json
from functools import cache
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from config.packs import load_packs
from extractors.extraction import extract
from extractors.jsonl import InvalidLineError, document_from_json, extraction_to_json
from extractors.reading import Knowledge, prepare
from extractors.types import Document
from monitor.cli.root import cli

TEXT = (
    "Canada's chief negotiator Steve Verheul spoke in Ottawa about the sunset clause in NAFTA.\n\n"
    '"We will not sign that," Verheul said. The United States set a deadline of May 1.'
)


@cache
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def lines_of(*lines: str) -> tuple[list[dict[str, Any]], int]:
    """What the command makes of input lines, and its exit status."""
    result = CliRunner().invoke(
        cli, ["extract", "--format", "jsonl", "-"], input="\n".join(lines), standalone_mode=False
    )
    assert result.exception is None
    return [json.loads(line) for line in result.stdout.splitlines()], result.return_value


def test_every_key_of_the_contract_is_there() -> None:
    line = json.dumps({"id": 7, "text": TEXT, "published": "2018-03-28", "lang": "en"})
    (found,), status = lines_of(line)
    assert status == 0
    assert found["id"] == 7
    assert found["lang"] == "en"
    quote = found["quotes"][-1]
    assert {"spans", "text", "type", "cue", "speaker"} <= quote.keys()
    assert {
        "start",
        "end",
        "text",
        "name",
        "actor",
        "role",
        "organisation",
        "party",
    } <= quote["speaker"].keys()
    assert quote["speaker"]["name"] == "Steve Verheul"
    assert quote["speaker"]["actor"] == "steve-verheul"
    (deadline,) = found["deadlines"]
    assert deadline["from"] == "2018-05-01"
    assert deadline["to"] == "2018-05-02"
    assert {
        "start",
        "end",
        "text",
        "kind",
        "from",
        "to",
        "precision",
        "what",
        "set_by",
        "consequence",
        "certainty",
    } <= deadline.keys()
    assert {"start", "end", "text", "type", "value", "from", "to"} <= found["dates"][0].keys()
    assert {"start", "end", "text", "issue", "stance", "actor", "party"} <= found["issues"][
        0
    ].keys()


def test_offsets_are_code_points_of_the_text() -> None:
    text = f"😀 {TEXT}"
    (found,), _ = lines_of(json.dumps({"id": 1, "text": text, "published": "2018-03-28"}))
    for quote in found["quotes"]:
        assert " ".join(text[start:end] for start, end in quote["spans"]) == quote["text"]
    for kind in ("dates", "deadlines", "issues"):
        for item in found[kind]:
            assert text[item["start"] : item["end"]] == item["text"]


def test_lines_keep_their_order_and_a_bad_one_costs_only_itself() -> None:
    good = json.dumps({"id": "a", "text": TEXT, "unknown": 1})
    found, status = lines_of(good, "{nonsense", '{"id": "c"}', "", '{"id": "d", "text": ""}')
    assert [line["id"] for line in found] == ["a", None, "c", "d"]
    assert ["error" in line for line in found] == [False, True, True, False]
    assert status == 1


def test_without_a_date_what_needs_one_stays_unresolved() -> None:
    (found,), _ = lines_of(json.dumps({"id": 1, "text": TEXT, "lang": "en"}))
    assert all(item["from"] is None for item in found["deadlines"])


@pytest.mark.parametrize("published", ["2018-13-01", "soon", 5])
def test_a_wrong_date_is_an_error_of_the_line(published: object) -> None:
    with pytest.raises(InvalidLineError, match="ISO 8601"):
        document_from_json({"text": "x", "published": published})


def test_the_same_document_gives_the_same_answer() -> None:
    document = Document(TEXT, None, "en")
    assert extract(document, knowledge()) == extract(document, knowledge())


@given(
    st.text(
        alphabet=st.sampled_from("“”\"'«» .,\n—–-said Verheul May 1 le la é\u0301😀\u00a0\r"),
        max_size=300,
    ),
    st.sampled_from(["en", "fr", "es", "de"]),
)
def test_any_text_gives_spans_that_hold(text: str, lang: str) -> None:
    found = extraction_to_json(0, text, extract(Document(text, None, lang), knowledge()))
    for quote in found["quotes"]:
        ends = [place for span in quote["spans"] for place in span]
        assert ends == sorted(ends)
        assert " ".join(text[start:end] for start, end in quote["spans"]) == quote["text"]
    for kind in ("dates", "deadlines", "issues"):
        assert all(text[i["start"] : i["end"]] == i["text"] for i in found[kind])
