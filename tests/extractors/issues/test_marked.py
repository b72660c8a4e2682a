"""The marked articles can be read, and say of each issue what a pack knows."""

from pathlib import Path

import pytest

from config.packs import load_packs
from tests.extractors.issues.marked import articles

FILES = sorted((Path(__file__).parents[2] / "data" / "positions").glob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_marks_are_read(path: Path) -> None:
    (pack,) = load_packs(["nafta"])
    issues = {issue.id for issue in pack.issues}
    parties = {party.id for party in pack.parties} | {None}
    found = list(articles(path))
    assert len(found) == path.read_text(encoding="utf-8").count("### ") > 0
    for article in found:
        assert article.document.lang == path.stem[:2]
        assert "[[" not in article.document.text
        assert "]]" not in article.document.text
        assert article.labels
        for label in article.labels:
            assert label.issue in issues
            assert {party for _, party in label.positions} <= parties
            assert label.span.of(article.document.text).strip()


def test_mark_becomes_words_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "### 1 | 2018-03-28 | wire | en\nOttawa resists a [[sunset|sunset-review|opposes CA]].\n",
        encoding="utf-8",
    )
    (article,) = articles(path)
    (label,) = article.labels
    assert article.document.text == "Ottawa resists a sunset."
    assert label.span.of(article.document.text) == "sunset"
    assert label.positions == (("opposes", "CA"),)
    assert not label.optional
