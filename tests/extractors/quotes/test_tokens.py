"""Words and marks of a text, and which of them may begin something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quotes.tokens import Token, notables, tokenize

CHUNKS = ("M.", "Roy", "U.S.", "said", "l'accord", "“a”", "10.5", "", "\u00a0", "to:", "Ky.")


def tokens(text: str, lang: str = "en") -> list[Token]:
    return tokenize(text, lang, 0, len(text))


def forms(text: str, lang: str = "en") -> list[str]:
    return [token.low for token in tokens(text, lang)]


@pytest.mark.parametrize("times", [1, 2], ids=["first time", "remembered"])
def test_full_stop_ends_a_text_but_belongs_to_an_initial_inside_it(times: int) -> None:
    for _ in range(times):
        inside, last = tokens("Ann M. Roy left"), tokens("It was Ann M.")
        assert [token.is_dotted for token in inside] == [False, True, False, False]
        assert [token.low for token in last][-2:] == ["m", "."]


@given(st.lists(st.sampled_from(CHUNKS), max_size=8), st.sampled_from(["en", "fr", "es"]))
def test_a_text_is_read_alike_wherever_it_stands(chunks: list[str], lang: str) -> None:
    text = " ".join(chunks)
    alone = tokens(text, lang)
    behind = tokenize(f"so {text}", lang, 3, 3 + len(text))
    assert [(t.start + 3, t.end + 3, t.low, t.kind) for t in alone] == [
        (t.start, t.end, t.low, t.kind) for t in behind
    ]


@pytest.mark.parametrize(
    ("text", "lang", "notable"),
    [
        pytest.param("it is late, so wait", "en", [], id="nothing"),
        pytest.param("then Ottawa waits", "en", ["ottawa"], id="capital"),
        pytest.param("the minister waits", "en", ["minister"], id="role"),
        pytest.param("they said it was late", "en", ["said"], id="cue"),
        pytest.param("one thing: wait", "en", [":"], id="colon"),
        pytest.param("la ministre a déclaré", "fr", ["ministre", "déclaré"], id="French"),
    ],
)
def test_only_what_may_begin_a_cue_or_a_name_is_notable(
    text: str, lang: str, notable: list[str]
) -> None:
    found = tokens(text, lang)
    assert [found[index].low for index in notables(found)] == notable


def test_numbers_are_words_and_marks_are_not() -> None:
    assert [token.is_word for token in tokens("by 10, now")] == [True, True, False, True]


def test_clitics_are_tokens_of_their_own() -> None:
    assert forms("a-t-il dit", "fr") == ["a", "-t-il", "dit"]
