"""The stance and deadline words of the languages have one shape, and all compile."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from extractors.deadlines.lexicon import lexicon as deadline_lexicon
from extractors.issues.lexicon import lexicon as stance_lexicon
from extractors.languages import SUPPORTED, language_data
from extractors.text.folding import fold
from extractors.types import Span

FILES = ("stance", "deadlines")
# Lists that are looked for in the text as it is, so that their accents count.
ACCENTED = {"future", "past_verbs", "past_tense", "done"}


def keys(table: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in table.items():
        yield prefix + key
        if isinstance(value, dict):
            yield from keys(value, f"{prefix}{key}.")


def words(table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from words(value)
        elif isinstance(value, list):
            yield from ((key, word) for word in value)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", SUPPORTED)
def test_every_language_has_the_same_lists(lang: str, file: str) -> None:
    assert _lists(lang, file) == _lists("en", file)


def _lists(lang: str, file: str) -> set[str]:
    """The names of a language's lists; its classes of verbs are its own."""
    return {key for key in keys(language_data(lang, file)) if not key.startswith("endings.")}


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", SUPPORTED)
def test_words_are_written_as_folded_text_is(lang: str, file: str) -> None:
    found = [
        (key, word)
        for key, word in words(language_data(lang, file))
        if key not in ACCENTED and not _is_folded(re.sub(r"\\.|[–—”»]", "", word))
    ]
    assert found == []


def _is_folded(word: str) -> bool:
    return fold(word) == word


@pytest.mark.parametrize("lang", SUPPORTED)
def test_words_compile(lang: str) -> None:
    assert stance_lexicon(lang).cues
    assert deadline_lexicon(lang).kinds


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "négocierons"), ("fr", "craignaient"), ("es", "rechazaríamos"), ("es", "exigirá")],
)
def test_verbs_are_known_in_all_their_tenses(lang: str, words: str) -> None:
    found = stance_lexicon(lang).cues.find(fold(words), Span(0, len(words)))
    assert Span(0, len(words)) in [place for _, place in found]
