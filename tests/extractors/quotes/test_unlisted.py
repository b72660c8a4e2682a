"""Attributions by a verb that no list has: their place after a quotation tells them."""

import pytest

from tests.extractors.quotes.statements import Statement, only, statements

UNLISTED = [
    pytest.param(
        "en", "“We will wait,” an angry Ann Roy bellowed.", "bellowed", "Ann Roy", id="en subject"
    ),
    pytest.param(
        "en", "“We will wait,” thundered Ann Roy on Friday.", "thundered", "Ann Roy", id="en verb"
    ),
    pytest.param(
        "en", "“Will you wait?” Ann Roy deadpanned.", "deadpanned", "Ann Roy", id="en question"
    ),
    pytest.param(
        "en", "“We will wait,” a notice on the door reads.", "reads", "a notice on the door",
        id="en thing at the sentence's end",
    ),
    pytest.param(
        "fr", "« Nous attendrons », s'emporte Anne Roy.", "emporte", "Anne Roy", id="fr reflexive"
    ),
    pytest.param(
        "fr", "« Nous attendrons », grommela-t-elle.", "grommela-t-elle", "elle", id="fr clitic"
    ),
    pytest.param(
        "fr", "« Nous attendrons », a grommelé la ministre.", "a grommelé", "la ministre",
        id="fr auxiliary",
    ),
    pytest.param(
        "es", "«No esperaremos», refunfuñó Juan Pérez en Madrid.", "refunfuñó", "Juan Pérez",
        id="es verb",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "cue", "mention"), UNLISTED)
def test_a_verb_of_no_list_tells_who_spoke(lang: str, text: str, cue: str, mention: str) -> None:
    found = only(text, lang)
    assert (found.kind, found.cue, found.mention) == ("direct", cue, mention)


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "“Hamilton,” the musical staged in Ottawa, won again."),
        ("en", "In “The Apprentice,” Roy fired people."),
        ("fr", "« Titanic », film de 1997, revient."),
        ("es", "«Roma», la película premiada, vuelve."),
    ],
)
def test_a_title_before_a_comma_is_nobodys_words(lang: str, text: str) -> None:
    assert not [item for item in statements(text, lang) if item.kind == "direct"]


def test_what_follows_an_unlisted_attribution_goes_on_the_quotation() -> None:
    found = only("“We will wait,” Ann Roy bellowed. “Forever.”")
    assert found == Statement(
        "direct", ("We will wait,", "Forever."), "bellowed", "Ann Roy", "Ann Roy"
    )


def test_a_sentence_that_breaks_off_is_speech_without_a_known_attribution() -> None:
    found = only("“We have no plans to wait,” went the reply from Ottawa.")
    assert (found.kind, found.words, found.cue) == ("direct", ("We have no plans to wait,",), None)
