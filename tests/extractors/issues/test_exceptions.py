"""What looks like a matter and is something else is told where it stands over the term."""

import re
from pathlib import Path

import pytest

from config.packs import load_packs, shipped_packs
from extractors.issues.exceptions import is_something_else, may_begin
from extractors.languages import SUPPORTED
from extractors.text.folding import fold
from extractors.types import Span
from tests.extractors.issues.marked import articles

ARTICLES = Path(__file__).parents[2] / "data" / "positions"


@pytest.mark.parametrize(
    ("exception", "text", "told"),
    [
        ("sunset (boulevard|strip)", "the sunset strip", True),
        ("sunset (boulevard|strip)", "the sunset clause on the strip", False),
        (r"\bat (dawn|sunset)", "at sunset", True),
        (r"(\d+|ten) sunsets?", "10 sunset", True),
        ("boulevard", "boulevard and sunset", False),
    ],
)
def test_exception_holds_over_the_term(exception: str, text: str, told: bool) -> None:
    start = text.index("sunset")
    span = Span(start, start + 6)
    assert is_something_else(span, (exception,), text, 0, len(text)) is told


@pytest.mark.parametrize(
    ("exception", "letters"),
    [
        ("sunset (boulevard|strip)", ("sunset ",)),
        (r"\b(auto|car)s? (dealers|owners)", ("auto", "car")),
        (r"\d+ sunsets", ()),
        (r"(a|\()b", ()),
        ("(?<!x)sunset", ()),
    ],
)
def test_letters_of_a_beginning(exception: str, letters: tuple[str, ...]) -> None:
    assert may_begin(exception) == letters


@pytest.mark.parametrize("lang", SUPPORTED)
def test_every_match_of_a_shipped_exception_begins_with_its_letters(lang: str) -> None:
    texts = [
        fold(article.document.text)
        for path in sorted(ARTICLES.glob(f"{lang}-*.txt"))
        for article in articles(path)
    ]
    exceptions = {
        each
        for pack in load_packs(shipped_packs())
        for issue in pack.issues
        for each in (issue.unless or {}).get(lang, ())
    }
    whole = "\n".join(texts)
    found = 0
    for exception in exceptions:
        letters = may_begin(exception)
        for match in re.finditer(exception, whole):
            found += 1
            assert not letters or match.group().startswith(letters), exception
    assert found > 10
