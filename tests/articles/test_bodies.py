"""The text of articles in the layouts of many systems (``tests/data/article_pages``)."""

import json
from pathlib import Path

import pytest

from benchmarks.articles import compared
from monitor.articles import read_article

DATA = Path(__file__).parents[1] / "data" / "article_pages"
SAMPLES = sorted(DATA.glob("*.html"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_an_article_is_read_paragraph_by_paragraph_and_nothing_else(sample: Path) -> None:
    gold = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    article = read_article(sample.read_bytes(), url=gold["url"])
    assert article.text.split("\n\n") == gold["paragraphs"]
    assert (article.title, article.lang) == (gold["title"], gold["lang"])


def test_what_is_lost_is_counted() -> None:
    gold = "“One two three four,” she said.\n\nFive six seven eight."
    assert compared(gold, gold).exact
    joined = compared(gold.replace("\n\n", " ").replace("“", ""), gold)
    assert joined.exact
    assert (joined.marks[0], joined.breaks[0]) == (0.5, 0.0)


LINES = [
    "The talks on the river treaty went on until late on Thursday, both delegations said.",
    "“We will be back next week,” the head of the northern delegation told reporters.",
    "Farmers along the lower river want a decision before the planting season begins.",
]


@pytest.mark.parametrize(
    "body",
    [
        "<pre>{0}\n\n{1}\n \n{2}</pre>",
        (
            "<story-body><text-block>{0}</text-block><text-block>{1}</text-block>"
            "<text-block>{2}</text-block></story-body>"
        ),
        "<div>{0}<br>{1}<br>{2}</div>",
        "<p>{0}<br><br>{1}</p><p>{2}</p>",
        "<div itemprop=articleBody><span class=x>{0}</span><p>{1}</p><p>{2}</p></div>",
    ],
    ids=["pre", "elements of its own", "lines", "lines in paragraphs", "marked body"],
)
def test_paragraphs_are_told_apart_however_they_are_marked_up(body: str) -> None:
    footer = "<footer><p>© 2018 The Paper. No part of this site may be copied or sold.</p></footer>"
    page = f"<html><body><main><h1>River</h1>{body.format(*LINES)}</main>{footer}</body></html>"
    text = read_article(page.encode(), url="https://paper.example/a/b").text
    assert text.split("\n\n") == LINES


def test_a_line_that_is_broken_inside_a_sentence_is_one() -> None:
    wrapped = LINES[0].replace("went on", "went<br>\non", 1)
    page = f"<article><h1>River</h1><p>{wrapped}</p><p>{LINES[1]}</p><p>{LINES[2]}</p></article>"
    text = read_article(page.encode(), url="https://paper.example/a/b").text
    assert text.split("\n\n") == LINES
