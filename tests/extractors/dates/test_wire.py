"""How news agencies write times: a table of sentences for each language, read on one day."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.extractors.dates.marked import dates_in, unmarked, with_marks

_FOLDER = Path(__file__).parents[2] / "data" / "dates"


def cases() -> Iterator[tuple[str, str, str]]:
    """The language, the sentence with its expression in brackets, and the TIMEX3 value."""
    for path in sorted(_FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line and not line.startswith("#"):
                marked, value = line.rsplit(" = ", 1)
                yield path.stem, marked, value


@pytest.mark.parametrize(("lang", "marked", "value"), list(cases()))
def test_expression_has_its_extent_and_value(lang: str, marked: str, value: str) -> None:
    text = unmarked(marked)
    found = dates_in(text, lang)
    assert (with_marks(text, found), [item.value for item in found]) == (marked, [value])


PASSAGES = [
    # what stands for comparison is not what "the quarter" counts from
    (
        "en",
        "Net fell in [the third quarter] from [a year earlier]. In [the quarter], net rose.",
        ["2017-Q3", "2016-Q3", "2017-Q3"],
    ),
    ("en", "Net fell in [the third quarter] from [the year-ago period].", ["2017-Q3", "2016-Q3"]),
    ("en", "Sales grew in [the October-December quarter].", ["2017-Q4"]),
    ("en", "They came [ten years ago today].", ["2008-05-10"]),
    ("en", "[Every winter], it snows.", ["XXXX-WI"]),
    ("fr", "[Chaque été], il pleut.", ["XXXX-SU"]),
    ("es", "[Cada verano], llueve.", ["XXXX-SU"]),
    ("en", "It was built [two and a half years ago].", ["2015"]),
    # a conjunction between two times ends no clause
    ("es", "[El martes] y [el miércoles] lloverá.", ["2018-05-15", "2018-05-16"]),
    # what was agreed lies ahead
    ("es", "Acordaron [ayer] volver a reunirse [el martes].", ["2018-05-09", "2018-05-15"]),
    ("fr", "Ils ont convenu de se revoir [mardi].", ["2018-05-15"]),
    # "since" of what is to come
    ("es", "Trump impondrá aranceles desde [el 10 de junio].", ["2018-06-10"]),
    ("es", "Rige desde [el 10 de junio del año pasado].", ["2017-06-10"]),
    # accents tell "débute" from "débuté"
    ("fr", "La reconstruction a débuté en [mars].", ["2018-03"]),
    ("fr", "L'exemption prend fin [lundi].", ["2018-05-14"]),
    ("es", "Murió [el sábado].", ["2018-05-05"]),
]


@pytest.mark.parametrize(("lang", "marked", "values"), PASSAGES)
def test_times_of_a_passage_lean_on_one_another(lang: str, marked: str, values: list[str]) -> None:
    text = unmarked(marked)
    found = dates_in(text, lang)
    assert (with_marks(text, found), [item.value for item in found]) == (marked, values)


def test_last_day_of_something_is_not_yesterday() -> None:
    assert [item.value for item in dates_in("It was the last day of the talks.", "en")] == []
