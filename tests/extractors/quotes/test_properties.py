"""What holds for every text: spans are evidence, in order, and nothing raises."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.types import QuoteKind
from tests.extractors.quotes.statements import quotes

PIECES = st.sampled_from(
    [
        '"', "“", "”", "«", "»", "« ", " »", "'", "’", "‘", "—", " -", ", ", ". ", ": ", "\n\n",
        "(", ")",
        "Ann Roy", "Roy", "she", "said", "that", "told", "according to", "selon", "a-t-il dit",
        "a déclaré", "que", "la ministre", "dijo", "según", "afirmó", "el ministro", "Canada's ",
        "talks would resume", "We will wait", " ", "the chief negotiator", "adding", "not", "U.S.",
        "qu’", "y", "et", "and", "who", "\u202f", "é", "\u0130", "🙂", "<", "=",
    ]
)  # fmt: skip
TEXTS = st.one_of(
    st.lists(PIECES, max_size=40).map(" ".join), st.lists(PIECES).map("".join), st.text()
)


@settings(max_examples=400)
@given(text=TEXTS, lang=st.sampled_from(["en", "fr", "es"]))
def test_every_span_lies_in_the_text_and_in_order(text: str, lang: str) -> None:
    found = quotes(text, lang)
    for quote in found:
        assert quote.spans
        assert list(quote.spans) == sorted(quote.spans)
        for span in quote.spans:
            assert span.end <= len(text)
            assert span.of(text).strip()
        for first, second in zip(quote.spans, quote.spans[1:], strict=False):
            assert first.end <= second.start
        assert 0 < quote.confidence <= 1
        assert quote.rule
        assert all(quote.context.covers(span) for span in quote.spans)
        if quote.cue:
            assert quote.cue.of(text).strip()
            assert not any(quote.cue.overlaps(span) for span in quote.spans)
        if quote.kind is not QuoteKind.DIRECT and quote.rule != "headline":
            assert quote.cue is not None
    assert [quote.spans[0].start for quote in found] == sorted(q.spans[0].start for q in found)


@settings(max_examples=100)
@given(text=TEXTS, lang=st.sampled_from(["en", "fr", "es"]))
def test_the_same_text_gives_the_same_quotes(text: str, lang: str) -> None:
    assert quotes(text, lang) == quotes(text, lang)


@pytest.mark.parametrize("mark", ['"', '" ', "“", "« ", "'"])
def test_a_megabyte_of_marks_holds_no_quotation(mark: str) -> None:
    assert quotes(mark * (1_000_000 // len(mark)), "en") == ()


@pytest.mark.parametrize(
    "unit",
    [
        '"', '"a" ', "« a », dit-il. ", '"A," said Roy. ', "said ", "Roy said that ", "Roy, ", "( ",
        "— a —dijo Roy—. ", "— a\n\n", '"A\n\n', "Ann Roy said. ", "según Roy, ",
        "the minister of ", "«", "adding, ", 'a:\n\n"b"\n\n', "- a -B ", "—¿a?\n\n—b.\n\n",
        '"A," b ', '“A, b c d,” ', '"A," x said. "B\n\n"', "with a saying ", "AB A B C ",
    ],
)  # fmt: skip
@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_odd_texts_are_read_to_their_end(unit: str, lang: str) -> None:
    text = unit * (40_000 // len(unit))
    for quote in quotes(text, lang):
        assert all(0 <= span.start < span.end <= len(text) for span in quote.spans)
        assert all(one.end <= other.start for one, other in pairwise(quote.spans))
