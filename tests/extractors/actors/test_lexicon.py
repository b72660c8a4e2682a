"""The words for people and bodies, in every language."""

import pytest

from extractors.actors.lexicon import Gender, actor_words
from extractors.languages import SUPPORTED, language_data
from extractors.quotes.lexicon import Form, Frame, lexicon


@pytest.mark.parametrize("lang", SUPPORTED)
def test_all_lists_are_in_lower_case(lang: str) -> None:
    words = actor_words(lang)
    for known in (words.titles, words.roles, words.bodies, words.particles, words.first_names):
        assert all(word == word.lower() for word in known)


@pytest.mark.parametrize("lang", SUPPORTED)
def test_gendered_roles_are_roles(lang: str) -> None:
    data = language_data(lang, "actors")
    roles = set(data["roles"])
    assert set(data["feminine_roles"]) <= roles
    assert set(data["masculine_roles"]) <= roles


@pytest.mark.parametrize("lang", SUPPORTED)
def test_every_language_has_the_same_word_classes(lang: str) -> None:
    for name in ("quotes", "actors"):
        assert set(language_data(lang, name)) == set(language_data("en", name))


@pytest.mark.parametrize("lang", SUPPORTED)
def test_a_language_has_more_than_a_hundred_reporting_verbs(lang: str) -> None:
    data = language_data(lang, "quotes")
    assert len({verb for group in data["cues"] for verb in group["verbs"]}) >= 120


@pytest.mark.parametrize(
    ("lang", "form", "kind"),
    [
        ("en", "replied", Form.PAST),
        ("en", "quipped", Form.PAST),
        ("en", "admitting", Form.GERUND),
        ("en", "says", Form.SINGULAR),
        ("fr", "rappelé", Form.PARTICIPLE),
        ("fr", "prévient", Form.SINGULAR),
        ("fr", "jugeant", Form.GERUND),
        ("fr", "avertit", Form.SINGULAR),
        ("fr", "dira", Form.FUTURE),
        ("es", "añadió", Form.SINGULAR),
        ("es", "señalaron", Form.PLURAL),
        ("es", "reconoce", Form.SINGULAR),
        ("es", "dirá", Form.FUTURE),
        ("es", "advirtiendo", Form.GERUND),
    ],
)
def test_verbs_are_conjugated(lang: str, form: str, kind: Form) -> None:
    assert any(kind in word.forms for word in lexicon(lang).cues[form])


def test_a_cue_of_several_words_keeps_them() -> None:
    found = lexicon("fr").cues["faisait"]
    assert ("savoir",) in {word.rest for word in found}


def test_a_source_is_no_verb() -> None:
    (word,) = lexicon("en").cues["according"]
    assert word.frames == {Frame.SOURCE}


def test_plural_roles_are_told_from_the_singular() -> None:
    words = actor_words("en")
    assert words.is_plural_role("officials")
    assert not words.is_plural_role("official")
    assert words.roles["spokesmen"] == "spokesman"


def test_pronouns_have_a_gender() -> None:
    assert actor_words("fr").genders["-t-elle"] is Gender.FEMININE
    assert actor_words("es").genders["él"] is Gender.MASCULINE
