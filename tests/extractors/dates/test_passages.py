"""A paragraph taken apart for dates: chunk by chunk, as if it were read at once."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.dates.chunks import chunks_in
from extractors.dates.forms import forms_of, index_of
from extractors.dates.lexicon import lexicon_of
from extractors.dates.reader import read_passage
from extractors.text.folding import fold

LANGUAGES = ["en", "fr", "es"]
PIECES = (
    *("May", "1", "10", "000", "1,5", "2018-05-03", "3/4/2018", "10:30", "1st", "1990s", "U.S."),
    *("aujourd’hui", "o'clock", "l'an", "vingt", "et", "un", "treinta", "y", "cinco", "mid-2019"),
    *("“", "”", ",", ".", "-", "'", "é", "e\u0301", "😀", "İ", "Σ", "\u2007"),
    *(" ", " ", " ", "  ", "\u00a0", "\t", "\u202f"),
)
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(texts, st.sampled_from(LANGUAGES))
def test_chunks_give_the_tokens_of_the_whole(text: str, lang: str) -> None:
    folded, lexicon = fold(text), lexicon_of(lang)
    whole = [match.span() for match in lexicon.scanner.matches(folded, 0, len(folded))]
    for _ in ("taken apart", "remembered"):
        chunks = chunks_in(text, folded, 0, len(text), lexicon)
        found = [(at + w.begin, at + w.end) for at, chunk in chunks for w in chunk.words]
        assert found == whole


@given(texts, st.sampled_from(LANGUAGES))
def test_tokens_keep_their_places_whatever_is_joined(text: str, lang: str) -> None:
    passage = read_passage(text, fold(text), 0, len(text), lexicon_of(lang))
    edges = [passage.span(index, index) for index in range(len(passage.signs))]
    assert all(one.end <= other.start for one, other in pairwise(edges))
    assert [passage.written(i) for i in range(len(edges))] == [edge.of(text) for edge in edges]
    assert passage.written(len(edges)) == ""


@given(st.data(), st.sampled_from(LANGUAGES))
def test_no_form_that_matches_is_left_out(data: st.DataObject, lang: str) -> None:
    lexicon, forms = lexicon_of(lang), forms_of(lang)
    known = "".join(sorted({*lexicon.signs.values(), "w", "C", "p"}))
    form = data.draw(st.sampled_from(forms))
    drawn = data.draw(st.from_regex(form.regex, alphabet=st.sampled_from(known)))
    fitting = index_of(lang).fitting(drawn)
    matching = [number for number, other in enumerate(forms) if other.regex.search(drawn)]
    assert [n for n in matching if n not in fitting] == []


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
    passage = read_passage(text, fold(text), 0, len(text), lexicon_of(lang))
    assert token in [passage.written(index) for index in range(len(passage.signs))]
