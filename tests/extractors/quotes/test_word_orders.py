"""Whatever order the words of reports stand in: nothing raises, and spans are evidence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.extractors.quotes.statements import quotes

WORDS = {
    "en": (
        "said says told warned announced promised expressed vowed reported asked that what "
        "which who it was has been is not just never went on to by as and but while when Roy "
        "Paz Monday in of the a he they his concern plans talks states would resume leave "
        "according , . : ; — ( ) “ ”"
    ),
    "fr": (
        "dit déclaré annoncé affirme soulignera dira demande que qu' si il elle on a été est "
        "vient tenu à d' de comme selon plus tard moins et mais alors pour Roy Anne le la un "
        "une lundi reprendre -t-il , . : ; — ( ) « »"
    ),
    "es": (
        "dijo anunció aseguró advierte coincidió recordó dirá que si se lo así todo indica "
        "tras comentar más menos como según y pero aunque ha hecho para limitó a de en decir "
        "después Ruiz Ana el la un una lunes seguir , . : ; — ( ) « »"
    ),
}


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_words_of_reports_in_any_order(lang: str) -> None:
    texts = st.lists(st.sampled_from(WORDS[lang].split()), max_size=50).map(" ".join)

    @settings(max_examples=300)
    @given(text=texts)
    def check(text: str) -> None:
        for quote in quotes(text, lang):
            assert all(span.of(text).strip() for span in quote.spans)
            assert list(quote.spans) == sorted(quote.spans)
            for first, second in zip(quote.spans, quote.spans[1:], strict=False):
                assert first.end <= second.start
            if quote.cue:
                assert not any(quote.cue.overlaps(span) for span in quote.spans)

    check()


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Roy said that"),
        ("en", "talks which Roy says not"),
        ("fr", "dit à la"),
        ("es", "dijo en la"),
        ("es", "Ana dijo que ,"),
    ],
)
def test_a_sentence_that_breaks_off_is_no_report(lang: str, text: str) -> None:
    assert quotes(text, lang) == ()
