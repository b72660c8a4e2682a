"""The subject of a cue where it stands away from its verb or hides in a longer phrase."""

import pytest

from tests.extractors.quotes.statements import only, statements

SUBJECTS = [
    pytest.param(
        "en", "Talks drag on, with analysts saying that they may fail.", "analysts",
        id="en gerund after with",
    ),
    pytest.param(
        "en", "Minutes later, Ann Roy issued a note saying that talks may fail.", "Ann Roy",
        id="en time before the subject",
    ),
    pytest.param(
        "en", "Alarmed by the unrest, Ann Roy, the minister, said that talks may fail.", "Ann Roy",
        id="en participle before the subject",
    ),
    pytest.param(
        "en", "Ann Roy, president and head of the board said that talks may fail.", "Ann Roy",
        id="en apposition with one comma",
    ),
    pytest.param(
        "en", "Ann Roy, who leads by far, mocked Bob Low for “having a bad night”.", "Ann Roy",
        id="en object after the verb",
    ),
    pytest.param(
        "en", "President Ann Roy on Tuesday said that talks may fail.", "Ann Roy", id="en day"
    ),
    pytest.param(
        "en", "“We will wait,” said retired Army Lt. Gen. Ann Roy.", "Ann Roy", id="en titles"
    ),
    pytest.param(
        "en", "“We will wait,” said former Rep. Ann A. Roy (D-Calif.).", "Ann A. Roy",
        id="en former title and initial",
    ),
    pytest.param(
        "fr", "« Nous attendrons », a dit le commissaire à l'économie Pierre Roy.", "Pierre Roy",
        id="fr name after an office",
    ),
    pytest.param(
        "fr", "« Nous attendrons », a-t-on indiqué à la présidence.", "la présidence",
        id="fr who is meant by one",
    ),
    pytest.param(
        "fr", "« Nous attendrons », a assuré devant la presse britannique M. Roy.", "Roy",
        id="fr place before the subject",
    ),
    pytest.param(
        "es", "«No esperaremos», dijo por su lado, Ana Ruiz a la prensa.", "Ana Ruiz",
        id="es turn before the subject",
    ),
    pytest.param("es", "«No esperaremos», comentó a EFE Ruiz.", "Ruiz", id="es agency"),
    pytest.param(
        "es", "El diario “Le Figaro” indica que “el pacto ha muerto”.", "El diario",
        id="es name in marks",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "mention"), SUBJECTS)
def test_the_subject_of_a_cue(lang: str, text: str, mention: str) -> None:
    assert only(text, lang).mention == mention


@pytest.mark.parametrize(
    "text", ["Ann Roy of Ottawa said it is late.", "“No,” said Ann Roy of Ottawa."]
)
def test_a_name_ends_before_the_place_behind_it(text: str) -> None:
    assert only(text).name == "Ann Roy"


def test_a_comma_before_the_verb_parts_it_from_no_subject() -> None:
    found = only("Ann Roy for Food Standards Canada, says they are looking at it this year.")
    assert found.name == "Ann Roy"


def test_a_report_in_a_report_belongs_to_the_outer_one() -> None:
    (found,) = [
        s for s in statements("Ann Roy said she feared it was “a trap”.") if s.kind == "mixed"
    ]
    assert found.cue == "said"


def test_the_minister_is_no_prime_minister() -> None:
    text = (
        "Le chef de la diplomatie Jean Roy a vu le Premier ministre chinois Li Keqiang. "
        "M. Roy a dit : « Nous attendons. »\n\n« Il faut agir », a averti le ministre."
    )
    assert statements(text, "fr")[-1].name == "Jean Roy"


def test_a_role_is_not_of_somebody_whom_only_a_later_sentence_names() -> None:
    text = (
        "Matthias Roy a parlé. M. Roy a dit : « Nous attendons. » "
        "« C'est tard », a ajouté le ministre.\n\nLe ministre allemand Sigmar Low a prévenu hier."
    )
    assert {s.name for s in statements(text, "fr") if s.kind == "direct"} == {"Matthias Roy"}


def test_a_spokesperson_is_nobody_who_has_not_spoken() -> None:
    text = "Vaclav Roy est à l'hôpital.\n\n« Il va mieux », selon le porte-parole."
    assert only(text, "fr").name is None


@pytest.mark.parametrize(
    "text",
    [
        "Ann Roy Claims Victory Over Bob Low\n\nAnn Roy spoke late. “We won,” Roy said.",
        "You see it. See Roy at work: Ann Roy spoke late. “We won,” Roy said.",
    ],
    ids=["headline in capitals", "sentence's first word"],
)
def test_a_capital_by_chance_is_no_part_of_a_name(text: str) -> None:
    assert {s.name for s in statements(text) if s.kind == "direct"} == {"Ann Roy"}
