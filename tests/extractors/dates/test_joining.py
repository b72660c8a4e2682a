"""Expressions side by side that are one time: ranges, days with their hours."""

from datetime import date

import pytest

from tests.extractors.dates.marked import dates_in, summary, unmarked, with_marks

ONE = [
    ("en", "Talks run from [May 14 to May 18].", "2018-05-14 2018-05-14 2018-05-19"),
    ("en", "Imports doubled between [1994 and 1999].", "1994 1994-01-01 2000-01-01"),
    ("en", "The office is shut [Monday through Friday].", "2018-05-14 2018-05-14 2018-05-19"),
    ("en", "We are away from [next Tuesday to Friday].", "2018-05-15 2018-05-15 2018-05-19"),
    ("en", "The House will be out from [Dec. 20 to Jan. 7].", "2018-12-20 2018-12-20 2019-01-08"),
    ("en", "Prices rose from [January to March].", "2018-01 2018-01-01 2018-04-01"),
    ("en", "Nothing moved between [January and now].", "2018-01 2018-01-01 2018-05-11"),
    ("en", "The hearing is [Friday at 10 a.m.].", "2018-05-11T10:00 2018-05-11 2018-05-12"),
    ("en", "She speaks [tonight at 8].", "2018-05-10T20:00 2018-05-10 2018-05-11"),
    ("en", "They will vote at [6 p.m. on Saturday].", "2018-05-12T18:00 2018-05-12 2018-05-13"),
    ("en", "The panel sits [Mondays at 4 p.m.].", "XXXX-WXX-1T16 - -"),
    ("en", "On [the morning of May 3] they met.", "2018-05-03TMO 2018-05-03 2018-05-04"),
    ("en", "Open from [3 to 5 p.m.]", "2018-05-10T15:00 2018-05-10 2018-05-11"),
    (
        "es",
        "La firma es [el viernes a las 10 de la mañana].",
        "2018-05-11T10:00 2018-05-11 2018-05-12",
    ),
    ("es", "Habló en [la noche del 3 de mayo].", "2018-05-03TNI 2018-05-03 2018-05-04"),
    ("es", "Llegó en [la tarde de ayer].", "2018-05-09TAF 2018-05-09 2018-05-10"),
    ("fr", "Il parlera [demain à 10 h].", "2018-05-11T10:00 2018-05-11 2018-05-12"),
    ("fr", "Dans [la nuit du 3 mai], rien.", "2018-05-03TNI 2018-05-03 2018-05-04"),
    ("fr", "Entre [2011 et 2016], tout a doublé.", "2011 2011-01-01 2017-01-01"),
]


@pytest.mark.parametrize(("lang", "marked", "meaning"), ONE)
def test_what_names_one_time_is_one_expression(lang: str, marked: str, meaning: str) -> None:
    text = unmarked(marked)
    found = dates_in(text, lang)
    assert with_marks(text, found) == marked
    assert [summary(item) for item in found] == [meaning]


@pytest.mark.parametrize(
    ("lang", "marked"),
    [
        ("en", "The deadline was moved from [May 14] to [June 1]."),
        ("en", "They met in [May] and [June]."),
        ("en", "They met on [Monday] and [Tuesday]."),
        ("es", "El plazo se aplazó del [14 de mayo] al [1 de junio]."),
        ("es", "Las rondas serán del [7] al [11 de mayo]."),
        ("fr", "Le vote est reporté du [14 mai] au [1er juin]."),
        ("fr", "La réunion est [vendredi] à [18 h]."),
    ],
)
def test_two_times_stay_two_expressions(lang: str, marked: str) -> None:
    text = unmarked(marked)
    assert with_marks(text, dates_in(text, lang)) == marked


@pytest.mark.parametrize("published", [date.min, date.max])
def test_ranges_at_the_ends_of_the_calendar_raise_nothing(published: date) -> None:
    for text in ("from Monday to Friday", "between January and now", "Feb. 29 to March 3"):
        for item in dates_in(text, "en", published):
            assert item.start is None or item.end is None or item.start < item.end
