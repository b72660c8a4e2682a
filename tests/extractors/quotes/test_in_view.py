"""Who is in view for a pronoun, a role or no subject: the subject, wherever it stands."""

from datetime import date

import pytest

from config.packs import load_packs
from tests.extractors.quotes.statements import quotes, statements

VIEWS = [
    pytest.param(
        "en",
        "Ann Roy spoke first. Two days earlier, President Luc Paz left. He said it was late.",
        "Luc Paz",
        id="en words of time",
    ),
    pytest.param(
        "en",
        "State Sen. Ann Roy, whose district grows peppers, wants more. She said it was late.",
        "Ann Roy",
        id="en a title with a word before it",
    ),
    pytest.param(
        "fr",
        "Luc Paz a parlé. Joint au téléphone à Madison, Jean Roy, vice-président d'une ligue, "
        "ne dit pas autre chose. « Nous avons été patients cinq ans. »",
        "Jean Roy",
        id="fr a participle",
    ),
    pytest.param(
        "fr",
        "Luc Paz a dit non. Le ministre fédéral de l'Agriculture, Jean Roy, avait envoyé un "
        "message. Il promet que l'offre ne bougera pas.",
        "Jean Roy",
        id="fr a name after its role",
    ),
    pytest.param(
        "es",
        "Luis Paz habló. Afuera, en la plaza, Juan Roy, dirigente del sindicato, repartía "
        "volantes. “Llevamos meses esperando”, reclamó.",
        "Juan Roy",
        id="es words of place",
    ),
]


@pytest.mark.parametrize(("lang", "text", "name"), VIEWS)
def test_the_last_subject_goes_on_speaking_after(lang: str, text: str, name: str) -> None:
    assert statements(text, lang)[-1].name == name


def test_a_role_with_accents_is_remembered_with_its_holder() -> None:
    text = (
        "Anne Roy, présidente du syndicat, est arrivée. Le maire, Luc Paz, a dit que tout va "
        "bien. La présidente a répondu que non, rien ne va."
    )
    assert statements(text, "fr")[-1].name == "Anne Roy"


def test_an_office_that_only_the_pack_knows_leads_to_its_holder() -> None:
    text = (
        "Claudia Sheinbaum abrió la sesión. Afuera, Horacio Paz repartía volantes. “No hay "
        "acuerdo”, reclamó. Al cierre, la presidenta anunció que volverá mañana."
    )
    found = quotes(text, "es", load_packs(("nafta",)), date(2026, 3, 1))
    assert found[-1].speaker is not None
    assert found[-1].speaker.name == "Claudia Sheinbaum"


def test_who_only_describes_does_not_hide_the_role_before_the_name() -> None:
    text = (
        "Le représentant au Commerce, Jean Roy, principal artisan du texte, a estimé que le "
        "modèle tiendrait."
    )
    (statement,) = statements(text, "fr")
    assert statement.name == "Jean Roy"


def test_a_trade_after_the_words_of_who_just_acted_is_theirs() -> None:
    text = (
        "Jean Roy hausse les épaules. « On a déjà donné à l'Europe », lance le producteur laitier."
    )
    assert statements(text, "fr")[-1].name == "Jean Roy"


def test_the_head_of_a_body_with_a_place_in_its_name_is_no_place() -> None:
    text = "Le chef de la Coalition avenir Québec, Jean Roy, a dit que rien ne va."
    (statement,) = statements(text, "fr")
    assert statement.name == "Jean Roy"


@pytest.mark.parametrize(
    ("lang", "text", "name"),
    [
        ("es", "El secretario de Agricultura, Julio Paz, informó que todo sigue.", "Julio Paz"),
        ("en", "Theresa May said talks would resume.", "Theresa May"),
    ],
)
def test_a_month_may_be_a_name(lang: str, text: str, name: str) -> None:
    (statement,) = statements(text, lang)
    assert statement.name == name
