"""Words and marks of a text, and which of them may begin something."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.quotes.grammar import grammar
from extractors.quotes.tokens import Tokens, notables, tokenize

CHUNKS = ("M.", "Roy", "U.S.", "said", "l'accord", "“a”", "10.5", "", "\u00a0", "to:", "Ky.")


def tokens(text: str, lang: str = "en") -> Tokens:
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
    assert list(alone) == list(behind)
    assert [start + 3 for start in alone.starts] == behind.starts


def test_tokens_tell_their_place_in_the_text() -> None:
    text = "Ann M. Roy left,  he said"
    found = tokens(text)
    assert found.span(1, 4).of(text) == "M. Roy left"
    assert found.span(4, 5).of(text) == ","


def test_a_part_keeps_the_places_and_joins_what_follows() -> None:
    text = "So it is, he said."
    found = tokens(text)
    first, second = found.part(0, 3), found.part(3, len(found))
    assert second.span(1, 3).of(text) == "he said"
    whole = first.joined(second)
    assert (list(whole), list(whole.starts)) == (list(found), list(found.starts))


@pytest.mark.parametrize(
    ("word", "lang", "sure"),
    [
        pytest.param("Roy", "en", True, id="name"),
        pytest.param("roy", "en", False, id="without a capital"),
        pytest.param("Monday", "en", False, id="day"),
        pytest.param("Minister", "en", False, id="role"),
        pytest.param("Say", "en", False, id="cue"),
        pytest.param("Sadly", "en", False, id="adverb by its ending"),
        pytest.param("Según", "es", False, id="Spanish preposition"),
    ],
)
def test_a_sure_name_is_one_whatever_stands_beside_it(word: str, lang: str, sure: bool) -> None:
    assert [token.is_name for token in tokens(word, lang)] == [sure]
    alone, rules = tokens(f"{word}, yes", lang), grammar(lang)
    assert not sure or rules.is_name(alone, 0)


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
