"""Deadlines in passages in the manner of the press, the language's words and the shipped pack."""

from datetime import date

import pytest

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Deadline, Document
from tests.extractors.deadlines.passages import Tally, passages


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return prepare(load_packs(["nafta"]))


def deadlines_in(text: str, lang: str, published: date, knowledge: Knowledge) -> list[Deadline]:
    return list(extract(Document(text, published, lang), knowledge).deadlines)


@pytest.mark.parametrize("lang", ["en", "fr", "es"])
def test_deadlines_of_passages_are_found_with_kind_and_days(
    lang: str, knowledge: Knowledge
) -> None:
    tally, wrong = Tally(), []
    for passage in passages(lang):
        found = deadlines_in(passage.text, lang, passage.published, knowledge)
        wrong += [f"{passage.name}: {fault}" for fault in tally.add(passage, found)]
    report = "\n".join(wrong)
    assert tally.f1 >= 0.95, report
    assert tally.kinds / tally.found >= 0.93, report
    assert tally.dates / tally.found >= 0.97, report


COMPUTED = [
    (
        "en",
        "USTR notified Congress of NAFTA talks on May 18, 2017. That starts a 90-day consultation.",
        date(2017, 8, 16),
        "tpa-notice-negotiate",
        "clock: 2017-05-18 plus 90 calendar days",
    ),
    (
        "en",
        "The USMCA report is due 180 days before the July 1, 2018, joint review.",
        date(2018, 1, 2),
        None,
        "clock: 2018-07-01 minus 180 calendar days",
    ),
    (
        "fr",
        "Le Congrès a été avisé le 18 mai 2017. Un délai de 90 jours court avant l'ALENA.",
        date(2017, 8, 16),
        "tpa-notice-sign",
        "clock: 2017-05-18 plus 90 calendar days",
    ),
    (
        "es",
        "El aviso del T-MEC se publicó el 17 de septiembre de 2017 y abre un plazo de 60 días.",
        date(2017, 11, 16),
        None,
        "clock: 2017-09-17 plus 60 calendar days",
    ),
]


@pytest.mark.parametrize(("lang", "text", "day", "rule", "how"), COMPUTED)
def test_clock_runs_from_the_day_that_the_text_gives(
    lang: str, text: str, day: date, rule: str | None, how: str, knowledge: Knowledge
) -> None:
    found = deadlines_in(text, lang, date(2017, 12, 1), knowledge)
    (clock,) = [item for item in found if item.clock is not None]
    assert clock.clock is not None
    assert (clock.start, clock.clock.computed, clock.rule) == (day, True, how)
    assert clock.clock.rule == rule


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "If Trump gives notice of withdrawal from NAFTA, Congress has six months to act."),
        (
            "en",
            "On Saturday he said he would give notice, which leaves six months to ratify NAFTA.",
        ),
        ("fr", "L'ALENA prévoit un préavis de six mois. Le 3 mai, les ministres ont dîné."),
        ("es", "El TLCAN exige avisar con seis meses; el 3 de mayo cenaron los ministros."),
    ],
)
def test_clock_without_a_dated_act_has_no_days(lang: str, text: str, knowledge: Knowledge) -> None:
    found = deadlines_in(text, lang, date(2018, 5, 10), knowledge)
    (clock,) = [item for item in found if item.clock is not None]
    assert clock.clock is not None
    assert (clock.start, clock.end, clock.clock.computed) == (None, None, False)
