"""A paragraph taken apart for dates: chunk by chunk, as if it were read at once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.chunks import Chunks, chunks_of
from extractors.dates.forms import forms_of, openings_of
from extractors.dates.lexicon import lexicon_of
from extractors.dates.reader import Passage, passage_of
from extractors.types import Span

LANGUAGES = ["en", "fr", "es"]
PIECES = (
    *("May", "1", "10", "000", "1,5", "2018-05-03", "3/4/2018", "10:30", "1st", "1990s", "U.S."),
    *("aujourd’hui", "o'clock", "l'an", "vingt", "et", "un", "treinta", "y", "cinco", "mid-2019"),
    *("“", "”", ",", ".", "-", "'", "é", "e\u0301", "😀", "İ", "Σ", "\u2007"),
    *(" ", " ", " ", "  ", "\u00a0", "\t", "\u202f"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


def passage_in(text: str, chunks: Chunks) -> Passage:
    pieces = chunks.read(text)
    assert " ".join(piece.written for piece in pieces) == text
    return passage_of(0, "".join(piece.signs for piece in pieces), pieces)


def edges_of(passage: Passage) -> list[Span]:
    return [passage.span(index, index) for index in range(len(passage.signs))]


@given(texts, st.sampled_from(LANGUAGES))
def test_chunks_give_the_tokens_of_the_whole(text: str, lang: str) -> None:
    chunks, whole = Chunks(lexicon_of(lang)), Chunks(lexicon_of(lang))[text].words
    for _ in ("taken apart", "remembered"):
        passage = passage_in(text, chunks)
        assert passage.signs == "".join(word.sign for word in whole)
        assert edges_of(passage) == [Span(word.begin, word.end) for word in whole]
        assert [word.low for word in passage.words] == [word.low for word in whole]


def test_a_token_is_found_in_whatever_order_they_are_asked_for() -> None:
    passage = passage_in("It was on May 3, 2018 at last", chunks_of("en"))
    forth = edges_of(passage)
    back = [passage.span(index, index) for index in reversed(range(len(passage.signs)))]
    assert back == forth[::-1]


@given(texts, st.sampled_from(LANGUAGES))
def test_tokens_keep_their_places_whatever_is_joined(text: str, lang: str) -> None:
    passage = passage_in(text, chunks_of(lang))
    edges = edges_of(passage)
    assert all(one.end <= other.start for one, other in pairwise(edges))
    assert [passage.written(i) for i in range(len(edges))] == [edge.of(text) for edge in edges]
    assert passage.written(len(edges)) == ""


def test_what_has_been_met_is_forgotten_when_it_is_much() -> None:
    chunks = Chunks(lexicon_of("en"))
    for number in range(200):
        chunks.read(f"{number}" * 1000 + " at the end of May")
        assert sum(map(len, chunks)) < 300_000
    passage = passage_in("at the end of May", chunks)
    assert [passage.word(index) for index in range(4)] == ["at", "the", "end of", "may"]


@given(st.data(), st.sampled_from(LANGUAGES))
def test_no_form_that_matches_is_left_out(data: st.DataObject, lang: str) -> None:
    lexicon, forms = lexicon_of(lang), forms_of(lang)
    known = "".join(sorted({*lexicon.signs.values(), "w", "C", "p"}))
    form = data.draw(st.sampled_from(forms))
    drawn = data.draw(st.from_regex(form.regex, alphabet=st.sampled_from(known)))
    tried = {(at, number) for at, number, _ in openings_of(lang).places(drawn)}
    matching = {
        (match.start(), number)
        for number, other in enumerate(forms)
        for match in other.regex.finditer(drawn)
    }
    assert matching <= tried


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_form_matches_nothing(lang: str) -> None:
    assert [form.rule for form in forms_of(lang) if form.regex.match("")] == []


@pytest.mark.parametrize(
    ("text", "lang", "token"),
    [
        ("some 10 000 jobs", "en", "10 000"),
        ("treinta y cinco días", "es", "treinta y cinco"),
        ("no later than May", "en", "no later than"),
        ("une dizaine de jours", "fr", "une dizaine de"),
    ],
)
def test_what_is_one_word_of_time_is_one_token(text: str, lang: str, token: str) -> None:
    passage = passage_in(text, chunks_of(lang))
    assert token in [passage.written(index) for index in range(len(passage.signs))]
