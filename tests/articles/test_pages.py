"""Pages of several kinds and languages, each beside what must be read (``tests/data/pages``)."""

import json
import pickle
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.articles import Article, read_article

DATA = Path(__file__).parents[1] / "data" / "pages"
SAMPLES = sorted(DATA.glob("*.html"))


def expectation(sample: Path) -> dict[str, Any]:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert isinstance(expected, dict)
    return expected


def read_sample(sample: Path) -> Article:
    return read_article(sample.read_bytes(), url=expectation(sample)["url"])


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_page_gives_the_facts_that_stand_beside_it(sample: Path) -> None:
    expected = expectation(sample)
    del expected["paragraphs"], expected["without"]
    article = read_sample(sample)
    assert {name: plain(getattr(article, name)) for name in expected} == expected


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_page_gives_its_paragraphs_word_for_word(sample: Path) -> None:
    expected, text = expectation(sample), read_sample(sample).text
    folded = [" ".join(paragraph.split()) for paragraph in expected["paragraphs"]]
    paragraphs = text.split("\n\n")
    assert [paragraph for paragraph in paragraphs if paragraph in folded] == folded
    assert not [piece for piece in expected["without"] if piece in text]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_text_is_paragraphs_joined_by_one_blank_line(sample: Path) -> None:
    article = read_sample(sample)
    for paragraph in article.text.split("\n\n") if article.text else []:
        assert paragraph == " ".join(paragraph.split())
        assert paragraph


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_article_comes_back_from_a_worker_process(sample: Path) -> None:
    article = read_sample(sample)
    assert pickle.loads(pickle.dumps(article)) == article
