"""The people and bodies of a document, by name."""

import pytest

from extractors.actors.entities import Entities, NameMention, name_words
from extractors.actors.lexicon import Gender, Mention, MentionKind, actor_words
from extractors.types import Span


def mention(text: str, name: str, role: str | None = None, after: int = 0) -> NameMention:
    start = text.index(name, after)
    place = None
    if role:
        first = text.index(role)
        place = Span(first, first + len(role))
    span = Span(start, start + len(name))
    return NameMention(Mention(span, span, MentionKind.NAME, "", place, len(name.split())), 0)


def entities(text: str, *names: NameMention) -> Entities:
    return Entities(text, names, actor_words("en"))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Ann Roy", ("ann", "roy")),
        ("Ann Roy's", ("ann", "roy")),
        ("Ann Roy’s", ("ann", "roy")),
        ("José  Muñoz", ("jose", "munoz")),
        ("Jean-Luc O'Neil", ("jean-luc", "o'neil")),
        ("", ()),
    ],
)
def test_names_are_compared_without_case_accents_and_possessive(
    name: str, words: tuple[str, ...]
) -> None:
    assert name_words(name) == words


def test_the_longest_form_of_a_name_is_shown() -> None:
    text = "Roy came. Ann Roy spoke. Roy left."
    known = entities(text, mention(text, "Roy"), mention(text, "Ann Roy"))
    assert [entity.name for entity in known.all] == ["Ann Roy"]
    assert len(known.all[0].spans) == 2


def test_first_names_keep_two_people_apart() -> None:
    text = "Ann Roy met Luc Roy."
    known = entities(text, mention(text, "Ann Roy"), mention(text, "Luc Roy"))
    assert [entity.name for entity in known.find("Roy", len(text))] == ["Luc Roy", "Ann Roy"]


def test_an_initial_stands_for_a_first_name() -> None:
    text = "Ann Roy spoke. A. Roy left."
    known = entities(text, mention(text, "Ann Roy"), mention(text, "A. Roy"))
    assert len(known.all) == 1


def test_a_title_is_no_part_of_a_name() -> None:
    text = "President Ann Roy spoke."
    known = entities(text, mention(text, "President Ann Roy"))
    assert known.all[0].name == "Ann Roy"


def test_gender_comes_from_the_first_name_or_the_role() -> None:
    text = "Ann Roy met the spokesman Zyx Paz."
    known = entities(text, mention(text, "Ann Roy"), mention(text, "Zyx Paz", "the spokesman"))
    assert {entity.name: entity.gender for entity in known.all} == {
        "Ann Roy": Gender.FEMININE,
        "Zyx Paz": Gender.MASCULINE,
    }


def test_a_body_is_no_person() -> None:
    text = "The Trade Ministry spoke."
    known = entities(text, mention(text, "Trade Ministry"))
    assert not known.all[0].is_person


def test_an_unknown_name_finds_nobody() -> None:
    assert entities("").find("Roy", 0) == []
    assert entities("").find("", 0) == []
