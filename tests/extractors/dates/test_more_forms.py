"""Holidays, written forms of dates, lengths and sets, by language; read on Thursday 10 May 2018."""

import pytest

from tests.extractors.dates.marked import dates_in, summary, unmarked, with_marks

CASES = [
    # holidays that are counted from another day, and the weekend beside one
    ("en", "Shops will open on [Black Friday].", "2018-11-23 2018-11-23 2018-11-24"),
    ("en", "On [Election Day], the House may change.", "2018-11-06 2018-11-06 2018-11-07"),
    ("en", "They fly on [Labor Day weekend].", "2018-W35-WE 2018-09-01 2018-09-03"),
    ("en", "It was [last easter].", "2018-04-01 2018-04-01 2018-04-02"),
    ("es", "Cierran el [Domingo de Ramos].", "2018-03-25 2018-03-25 2018-03-26"),
    ("es", "Será el [Día de Acción de Gracias].", "2018-11-22 2018-11-22 2018-11-23"),
    ("fr", "Ils ferment le [Jeudi saint].", "2018-03-29 2018-03-29 2018-03-30"),
    # days in figures
    ("en", "The hearing is on [5/14].", "2018-05-14 2018-05-14 2018-05-15"),
    ("en", "The hearing is [Monday 5/14].", "2018-05-14 2018-05-14 2018-05-15"),
    ("en", "Filed [2018-May-4].", "2018-05-04 2018-05-04 2018-05-05"),
    ("en", "Filed [next 6th of April].", "2019-04-06 2019-04-06 2019-04-07"),
    ("es", "La firma es el [14/5].", "2018-05-14 2018-05-14 2018-05-15"),
    ("fr", "La réunion du [14/05] est utile.", "2018-05-14 2018-05-14 2018-05-15"),
    # years in words
    ("en", "Born on [May four, nineteen eighty six].", "1986-05-04 1986-05-04 1986-05-05"),
    (
        "es",
        "Nació [el cuatro de mayo de mil novecientos noventa y dos].",
        "1992-05-04 1992-05-04 1992-05-05",
    ),
    # weeks and quarters
    ("en", "Set for [the third week of May].", "2018-W20 2018-05-14 2018-05-21"),
    ("en", "Set for [the first week of 2019].", "2019-W01 2018-12-31 2019-01-07"),
    ("en", "Set for [the last week of 2018].", "2018-W52 2018-12-24 2018-12-31"),
    ("en", "Sales in [2017-Q3] fell.", "2017-Q3 2017-07-01 2017-10-01"),
    ("es", "Las ventas de [la semana 20 del año pasado].", "2017-W20 2017-05-15 2017-05-22"),
    ("es", "Será [el próximo fin de semana].", "2018-W19-WE 2018-05-12 2018-05-14"),
    ("fr", "Les ventes du [2017 trimestre 3] baissent.", "2017-Q3 2017-07-01 2017-10-01"),
    # lengths
    ("en", "It fell [two weeks and three days ago].", "2018-04-23 2018-04-23 2018-04-24"),
    ("en", "They decide [in a fortnight's time].", "2018-05-24 2018-05-24 2018-05-25"),
    ("en", "It will end [two days before Thanksgiving].", "2018-11-20 2018-11-20 2018-11-21"),
    ("en", "It took [an hour and a half].", "PT1.5H - -"),
    ("es", "Duró [dos años, tres meses y un día].", "P2Y3M1D - -"),
    ("es", "Esperó [año y medio].", "P1.5Y - -"),
    ("fr", "Il reste [deux ans, trois mois et un jour].", "P2Y3M1D - -"),
    # sets
    ("en", "Paid on [the 19th of every month].", "XXXX-XX-19 - -"),
    ("en", "They report [every quarter].", "P3M - -"),
    ("es", "Hay mercado [los lunes].", "XXXX-WXX-1 - -"),
    # hours
    ("es", "Empieza a [las ocho y media].", "2018-05-10T08:30 2018-05-10 2018-05-11"),
    ("es", "Murió [el sábado de madrugada].", "2018-05-05TMO 2018-05-05 2018-05-06"),
    ("fr", "Ouvert à partir de [20 heures].", "2018-05-10T20:00 2018-05-10 2018-05-11"),
    # what has "'s" and no article is a year
    ("en", "[2020's] first round was short.", "2020 2020-01-01 2021-01-01"),
    ("en", "In [the 1990's] it grew.", "199 1990-01-01 2000-01-01"),
]


@pytest.mark.parametrize(("lang", "marked", "meaning"), CASES)
def test_forms_are_found_and_resolved(lang: str, marked: str, meaning: str) -> None:
    text = unmarked(marked)
    found = dates_in(text, lang)
    assert with_marks(text, found) == marked
    assert [summary(item) for item in found] == [meaning]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "The share rose 3/8 to 12 1/4."),
        ("en", "Half of the 24/7 staff left."),
        ("es", "Cambió de la noche a la mañana."),
        ("fr", "Les 2/3 des élus sont absents."),
    ],
)
def test_fractions_and_idioms_are_no_dates(lang: str, text: str) -> None:
    assert dates_in(text, lang) == ()


def test_the_same_period_is_that_of_the_quarter_last_named() -> None:
    cases = {
        "en": "It lost money in the third quarter of 2017, more than in the same period last year.",
        "es": "Perdió en el tercer trimestre de 2017, y no en el mismo período del año anterior.",
        "fr": "Perte au troisième trimestre 2017, plus qu'à la même période de l'année dernière.",
    }
    for lang, text in cases.items():
        values = [item.value for item in dates_in(text, lang)]
        assert values == ["2017-Q3", "2016-Q3"], lang


def test_a_present_verb_of_a_plan_puts_its_weekday_ahead() -> None:
    cases = {
        "en": "The negotiators resume Monday.",
        "es": "El comité se reúne el lunes.",
        "fr": "Le comité se réunit lundi.",
    }
    for lang, text in cases.items():
        assert [item.value for item in dates_in(text, lang)] == ["2018-05-14"], lang
