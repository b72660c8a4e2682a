"""Where publication is not known, a dateline's day is what relative days count from."""

import pytest

from tests.extractors.dates.marked import dates_in


@pytest.mark.parametrize(
    ("lang", "text", "expression", "value"),
    [
        (
            "en",
            "OTTAWA, March 8, 2018 — The minister said talks resume tomorrow.",
            "tomorrow",
            "2018-03-09",
        ),
        (
            "en",
            "WASHINGTON (Reuters) March 8, 2018 - The minister spoke on Tuesday.",
            "Tuesday",
            "2018-03-06",
        ),
        ("en", "Steel tariffs\n\nMarch 8, 2018\n\nThey met yesterday.", "yesterday", "2018-03-07"),
        (
            "es",
            "MADRID, 8 de marzo de 2018 (Agencia).- El ministro habló ayer.",
            "ayer",
            "2018-03-07",
        ),
        ("fr", "MONTRÉAL, le 8 mars 2018 - La ministre a parlé hier.", "hier", "2018-03-07"),
    ],
)
def test_a_dateline_anchors_the_text(lang: str, text: str, expression: str, value: str) -> None:
    found = {item.span.of(text): item.value for item in dates_in(text, lang, None)}
    assert found[expression] == value


@pytest.mark.parametrize(
    "text",
    [
        "The plant opened on March 8, 2018 - and they met yesterday.",
        "OTTAWA, March 8 — They met yesterday.",
        "They met yesterday.\n\nIt opened.\n\nIt shut.\n\nMarch 8, 2018",
    ],
)
def test_a_day_elsewhere_or_without_its_year_anchors_nothing(text: str) -> None:
    found = {item.span.of(text): item.value for item in dates_in(text, "en", None)}
    assert found["yesterday"] is None


def test_publication_comes_before_a_dateline() -> None:
    text = "OTTAWA, March 8, 2018 — They met yesterday."
    assert dates_in(text, "en")[-1].value == "2018-05-09"
