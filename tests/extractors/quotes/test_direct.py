"""Quotations word for word: their pieces, cue and speaker."""

import pytest

from tests.extractors.quotes.statements import Statement, only, statements

AFTER = [
    pytest.param("en", "“We will wait,” said Ann Roy.", "said", "Ann Roy", id="en inverted"),
    pytest.param("en", "“We will wait,” Ann Roy said.", "said", "Ann Roy", id="en straight order"),
    pytest.param("en", "“We will wait,” she said Monday.", "said", "she", id="en pronoun"),
    pytest.param("en", "“Will they wait?” Ann Roy asked.", "asked", "Ann Roy", id="en question"),
    pytest.param(
        "en",
        "“We will wait,” Trade Minister Ann Roy told reporters.",
        "told",
        "Ann Roy",
        id="en title",
    ),
    pytest.param(
        "en",
        "“We will wait,” said Ann Roy, who leads the talks.",
        "said",
        "Ann Roy",
        id="en relative clause after",
    ),
    pytest.param(
        "en",
        "“We will wait,” Ann Roy, the chief negotiator, said on Monday.",
        "said",
        "Ann Roy",
        id="en apposition",
    ),
    pytest.param(
        "en", "“We will wait,” according to Ann Roy.", "according to", "Ann Roy", id="en source"
    ),
    pytest.param(
        "fr", "« Nous attendons », a déclaré Anne Roy.", "a déclaré", "Anne Roy", id="fr inverted"
    ),
    pytest.param("fr", "« Nous attendons », a-t-il dit.", "a-t-il dit", "il", id="fr clitic"),
    pytest.param("fr", "« Nous attendons », dit-elle.", "dit-elle", "elle", id="fr clitic after"),
    pytest.param(
        "fr",
        "« Nous attendons », a pour sa part estimé Anne Roy.",
        "a pour sa part estimé",
        "Anne Roy",
        id="fr words inside the verb",
    ),
    pytest.param(
        "fr",
        "« Nous attendons », a déclaré mardi à la presse Anne Roy.",
        "a déclaré",
        "Anne Roy",
        id="fr time and place before the subject",
    ),
    pytest.param(
        "fr",
        "« Nous attendons », a lancé M. Roy devant les députés.",
        "a lancé",
        "Roy",
        id="fr title",
    ),
    pytest.param(
        "es", "“Vamos a esperar”, afirmó Ana Ruiz.", "afirmó", "Ana Ruiz", id="es inverted"
    ),
    pytest.param(
        "es",
        "“Vamos a esperar”, dijo hoy a la prensa Ana Ruiz.",
        "dijo",
        "Ana Ruiz",
        id="es time and place before the subject",
    ),
    pytest.param(
        "es", "«Vamos a esperar», ha dicho Ruiz.", "ha dicho", "Ruiz", id="es compound tense"
    ),
    pytest.param("es", "“Vamos a esperar”, señaló.", "señaló", None, id="es dropped subject"),
]


@pytest.mark.parametrize(("lang", "text", "cue", "mention"), AFTER)
def test_an_attribution_after_the_quotation(
    lang: str, text: str, cue: str, mention: str | None
) -> None:
    found = only(text, lang)
    assert (found.kind, found.cue, found.mention) == ("direct", cue, mention)


BEFORE = [
    pytest.param("en", "Ann Roy said: “We will wait.”", "said", "Ann Roy", id="en colon"),
    pytest.param("en", "Ann Roy said, “We will wait.”", "said", "Ann Roy", id="en comma"),
    pytest.param("en", "He told reporters: “We will wait.”", "told", "He", id="en addressee"),
    pytest.param(
        "en",
        "Ann Roy said in a statement on Monday: “We will wait.”",
        "said",
        "Ann Roy",
        id="en setting",
    ),
    pytest.param(
        "fr", "Anne Roy a déclaré : « Nous attendons. »", "a déclaré", "Anne Roy", id="fr colon"
    ),
    pytest.param("es", "Ana Ruiz dijo: “Vamos a esperar”.", "dijo", "Ana Ruiz", id="es colon"),
    pytest.param("es", "Añadió: “Vamos a esperar”.", "Añadió", None, id="es dropped subject"),
]


@pytest.mark.parametrize(("lang", "text", "cue", "mention"), BEFORE)
def test_an_attribution_before_the_quotation(
    lang: str, text: str, cue: str, mention: str | None
) -> None:
    found = only(text, lang)
    assert (found.kind, found.cue, found.mention) == ("direct", cue, mention)


SPLIT = [
    pytest.param(
        "en",
        "“We will wait,” Roy said, “but not for long.”",
        ("We will wait,", "but not for long."),
        id="en in one sentence",
    ),
    pytest.param(
        "en",
        "“We will wait,” said Roy, speaking in Ottawa. “We have time.”",
        ("We will wait,", "We have time."),
        id="en in two sentences",
    ),
    pytest.param(
        "en",
        "“We will wait,” said Roy. “We have time.\n\n“We have patience.”",
        ("We will wait,", "We have time.", "We have patience."),
        id="en into the next paragraph",
    ),
    pytest.param(
        "fr",
        "« Nous attendons, a-t-il dit, et nous avons le temps. »",
        ("Nous attendons", "et nous avons le temps."),
        id="fr inside the marks",
    ),
    pytest.param(
        "fr",
        "« Nous attendons, a lancé Anne Roy en point de presse. Nous avons le temps. »",
        ("Nous attendons", "Nous avons le temps."),
        id="fr inside the marks to the end of a sentence",
    ),
    pytest.param(
        "es",
        "«Vamos a esperar -añadió Ruiz- porque hay tiempo».",
        ("Vamos a esperar", "porque hay tiempo"),
        id="es dashes inside the marks",
    ),
    pytest.param(
        "es",
        "“Vamos a esperar”, dijo Ruiz. “Hay tiempo”.",
        ("Vamos a esperar", "Hay tiempo"),
        id="es in two sentences",
    ),
    pytest.param(
        "es",
        "—Vamos a esperar —dijo Ruiz—. Hay tiempo.",
        ("Vamos a esperar", "Hay tiempo."),
        id="es dialogue by dashes",
    ),
]


@pytest.mark.parametrize(("lang", "text", "words"), SPLIT)
def test_a_quotation_broken_by_its_attribution_is_one(
    lang: str, text: str, words: tuple[str, ...]
) -> None:
    found = only(text, lang)
    assert (found.kind, found.words) == ("direct", words)


def test_a_dialogue_paragraph_ends_where_its_attribution_begins() -> None:
    found = only("— On a de l'inventaire, prévient Mélissa Roy, présidente du syndicat.", "fr")
    assert (found.words, found.mention) == (("On a de l'inventaire",), "Mélissa Roy")


def test_a_list_with_dashes_is_no_dialogue() -> None:
    assert statements("— premier point à régler\n\n— second point à régler", "fr") == []


def test_two_attributions_are_two_quotations() -> None:
    found = statements("“We will wait,” Roy said. “We have time,” Paz said.")
    assert [item.mention for item in found] == ["Roy", "Paz"]


def test_a_paragraph_without_cue_goes_on_with_the_running_speaker() -> None:
    found = statements("“We will wait,” said Ann Roy.\n\n“We have all the time in the world.”")
    assert found[1] == Statement(
        "direct", ("We have all the time in the world.",), None, None, "Ann Roy"
    )


def test_a_quotation_after_a_colon_has_its_sentence_s_subject() -> None:
    found = only("Ann Roy had only one wish: “We will wait until they come back.”")
    assert (found.kind, found.cue, found.name) == ("direct", None, "Ann Roy")


def test_the_cue_s_paragraph_counts_where_a_stretch_runs_over_two() -> None:
    found = only("“We will wait.\n\n“We have time,” Ann Roy said.")
    assert (found.words, found.mention) == (("We will wait.", "We have time,"), "Ann Roy")


def test_a_relative_clause_between_quotation_and_cue_is_passed_over() -> None:
    found = only("“We will wait,” an official, who asked not to be named, wrote in an email.")
    assert (found.cue, found.mention) == ("wrote", "an official")


def test_an_initial_at_the_end_of_a_sentence_does_not_part_a_quotation() -> None:
    found = only("“We will wait,” he wrote on X. “We have time.”")
    assert found.words == ("We will wait,", "We have time.")
