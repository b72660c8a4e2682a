"""Which time expressions are deadlines, of what kind, and what is said of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.deadlines import find_deadlines
from extractors.types import (
    Certainty,
    Deadline,
    DeadlineKind,
    Precision,
    Quote,
    QuoteKind,
    Span,
    TimeExpression,
    TimexType,
)
from tests.extractors.issues.small_pack import KNOWLEDGE, reading_of

PUBLISHED = date(2018, 5, 10)
DAY = timedelta(days=1)
VIEW = {"en": "NAFTA talks. ", "fr": "L'ALENA. ", "es": "El TLCAN. "}


def day(text: str, words: str, on: date | None, type: TimexType = TimexType.DATE) -> TimeExpression:
    """The expression *words* of *text*, naming the day *on*."""
    start = text.index(words)
    end = on + DAY if on else None
    value = on.isoformat() if on else None
    return TimeExpression(
        Span(start, start + len(words)), type, value, on, end, Precision.DAY if on else None
    )


def length(text: str, words: str, value: str) -> TimeExpression:
    """The duration *words* of *text*."""
    start = text.index(words)
    return TimeExpression(Span(start, start + len(words)), TimexType.DURATION, value)


def deadlines(
    text: str,
    *times: TimeExpression,
    lang: str = "en",
    published: date | None = PUBLISHED,
    quotes: tuple[Quote, ...] = (),
) -> tuple[Deadline, ...]:
    return find_deadlines(reading_of(text, lang, published), times, quotes, KNOWLEDGE)


def only(text: str, *times: TimeExpression, lang: str = "en") -> Deadline:
    (found,) = deadlines(text, *times, lang=lang)
    return found


JUNE = date(2018, 6, 21)
KINDS = [
    ("en", "Canada must sign by June 21.", "June 21", "deadline"),
    ("en", "Comments are due on June 21.", "June 21", "deadline"),
    ("en", "The drop-dead date for a vote is June 21.", "June 21", "deadline"),
    ("en", "They hope to conclude by June 21.", "June 21", "target"),
    ("en", "The exemption expires on June 21.", "June 21", "expiry"),
    ("en", "The tariffs take effect on June 21.", "June 21", "effective"),
    ("en", "The House will vote on June 21.", "June 21", "vote"),
    ("en", "The next round of talks begins June 21.", "June 21", "meeting"),
    ("en", "A hearing is scheduled for June 21.", "June 21", "meeting"),
    ("en", "Mexico holds its election on June 21.", "June 21", "election"),
    ("en", "A new president takes office on June 21.", "June 21", "horizon"),
    ("en", "Parliament rises on June 21.", "June 21", "horizon"),
    ("fr", "Le Canada doit signer d'ici le 21 juin.", "21 juin", "deadline"),
    ("fr", "La date limite est le 21 juin.", "le 21 juin", "deadline"),
    ("fr", "Les ministres espèrent conclure avant le 21 juin.", "21 juin", "target"),
    ("fr", "L'exemption expire le 21 juin.", "le 21 juin", "expiry"),
    ("fr", "Les tarifs entreront en vigueur le 21 juin.", "le 21 juin", "effective"),
    ("fr", "Le Sénat votera le 21 juin.", "le 21 juin", "vote"),
    ("fr", "Le prochain cycle s'ouvrira le 21 juin.", "le 21 juin", "meeting"),
    ("fr", "Les électeurs iront aux urnes le 21 juin.", "le 21 juin", "election"),
    ("fr", "Les Communes ajournent le 21 juin.", "le 21 juin", "horizon"),
    ("es", "Canadá debe firmar a más tardar el 21 de junio.", "21 de junio", "deadline"),
    ("es", "La fecha límite es el 21 de junio.", "el 21 de junio", "deadline"),
    ("es", "El plazo vence el 21 de junio.", "el 21 de junio", "deadline"),
    ("es", "Buscan cerrar antes del 21 de junio.", "21 de junio", "target"),
    ("es", "La exención expira el 21 de junio.", "el 21 de junio", "expiry"),
    ("es", "El arancel entrará en vigor el 21 de junio.", "el 21 de junio", "effective"),
    ("es", "El Senado votará el 21 de junio.", "el 21 de junio", "vote"),
    ("es", "La próxima ronda será el 21 de junio.", "el 21 de junio", "meeting"),
    ("es", "Las elecciones serán el 21 de junio.", "el 21 de junio", "election"),
    ("es", "El nuevo gobierno toma posesión el 21 de junio.", "el 21 de junio", "horizon"),
]


@pytest.mark.parametrize(
    ("lang", "text", "words", "kind"), KINDS, ids=[f"{c[0]}: {c[1]}" for c in KINDS]
)
def test_words_around_a_date_say_its_kind(lang: str, text: str, words: str, kind: str) -> None:
    text = VIEW[lang] + text
    found = only(text, day(text, words, JUNE), lang=lang)
    assert (found.kind.value, found.start, found.end) == (kind, JUNE, JUNE + DAY)


NONE = [
    ("en", "He said on June 21 that talks were fine.", "June 21", date(2017, 6, 21)),
    ("en", "The ministers met on May 2.", "May 2", date(2018, 5, 2)),
    ("en", "June 21 is not a deadline.", "June 21", JUNE),
    ("en", "Washington denied that it had set a deadline of June 21.", "June 21", JUNE),
    ("en", "The vote was originally planned for June 21.", "June 21", JUNE),
    ("fr", "Les ministres se sont rencontrés le 2 mai.", "le 2 mai", date(2018, 5, 2)),
    ("fr", "Initialement, le vote devait avoir lieu le 21 juin.", "le 21 juin", JUNE),
    ("es", "Los ministros se reunieron el 2 de mayo.", "el 2 de mayo", date(2018, 5, 2)),
    ("es", "El 21 de junio no es una fecha límite.", "El 21 de junio", JUNE),
]


@pytest.mark.parametrize(("lang", "text", "words", "on"), NONE, ids=[c[1] for c in NONE])
def test_date_that_is_past_denied_or_replaced_is_none(
    lang: str, text: str, words: str, on: date
) -> None:
    text = VIEW[lang] + text
    assert deadlines(text, day(text, words, on), lang=lang) == ()


CLOCKS = [
    ("en", "The law requires 195 days of consultations.", "195 days", "P195D"),
    ("en", "Either side can leave on six months' notice.", "six months", "P6M"),
    ("en", "The text must be published 60 days before signing.", "60 days", "P60D"),
    ("en", "The bill starts a 30-day clock.", "30-day", "P30D"),
    ("fr", "Un retrait exige un préavis de six mois.", "six mois", "P6M"),
    ("fr", "Elle a un délai de 90 jours.", "90 jours", "P90D"),
    ("es", "Se puede salir con un aviso de seis meses.", "seis meses", "P6M"),
    ("es", "Hay un plazo de 60 días.", "60 días", "P60D"),
]


@pytest.mark.parametrize(("lang", "text", "words", "value"), CLOCKS, ids=[c[1] for c in CLOCKS])
def test_length_laid_down_is_a_clock_without_days(
    lang: str, text: str, words: str, value: str
) -> None:
    text = VIEW[lang] + text
    found = only(text, length(text, words, value), lang=lang)
    assert found.kind is DeadlineKind.CLOCK
    assert (found.start, found.end) == (None, None)
    assert found.clock is not None
    assert found.clock.length.startswith(words)


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("They talked for three days.", "three days", "P3D"),
        ("The pact is 24 years old.", "24 years", "P24Y"),
        ("It took some weeks.", "some weeks", "PXW"),
    ],
)
def test_stretch_of_time_is_no_clock(text: str, words: str, value: str) -> None:
    assert deadlines(text, length(text, words, value)) == ()


def test_clock_of_the_pack_is_known_by_term_and_length() -> None:
    text = "NAFTA: a notice of intent must be sent 90 days before signing."
    found = only(text, length(text, "90 days", "P90D"))
    assert found.clock is not None
    assert found.clock.rule == "signing-notice"


def test_clock_of_another_length_is_not_the_packs() -> None:
    text = "NAFTA: a notice of intent must be sent 60 days before signing."
    found = only(text, length(text, "60 days", "P60D"))
    assert found.clock is not None
    assert found.clock.rule is None


def test_set_by_is_the_party_that_set_the_date() -> None:
    text = "The United States has set a May 31 deadline."
    found = only(text, day(text, "May 31", date(2018, 5, 31)))
    assert found.set_by is not None
    assert (found.set_by.party, found.set_by.text) == ("US", "United States")


def test_consequence_is_the_clause_behind_the_date() -> None:
    text = "NAFTA: Canada must sign by June 21 or face new tariffs."
    found = only(text, day(text, "June 21", JUNE))
    assert found.consequence == "or face new tariffs"


def test_consequence_may_stand_in_the_next_sentence() -> None:
    text = "Canada must sign by June 21. If the deadline is not met, tariffs could return."
    found = only(text, day(text, "June 21", JUNE))
    assert found.consequence == "If the deadline is not met, tariffs could return"


def test_no_consequence_where_none_is_named() -> None:
    text = "Canada must sign by June 21. The weather is fine."
    assert only(text, day(text, "June 21", JUNE)).consequence is None


def test_what_is_due_is_the_clause_without_the_date() -> None:
    text = "Ministers met, but Canada must sign the text by June 21."
    assert "must sign the text" in only(text, day(text, "June 21", JUNE)).what
    assert "June" not in only(text, day(text, "June 21", JUNE)).what


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("Canada must sign by June 21.", Certainty.FIXED),
        ("A deal could come by June 21.", Certainty.EXPECTED),
        ("Mexico proposed a vote on June 21.", Certainty.PROPOSED),
        ("The tariffs take effect on June 21 unless Canada signs.", Certainty.CONDITIONAL),
    ],
)
def test_wording_says_how_firmly_the_date_holds(text: str, certainty: Certainty) -> None:
    text = VIEW["en"] + text
    assert only(text, day(text, "June 21", JUNE)).certainty is certainty


def test_date_of_a_milestone_carries_its_id_and_kind() -> None:
    text = "NAFTA: nobody knows what July 1 brings."
    (found,) = deadlines(text, day(text, "July 1", date(2026, 7, 1)), published=date(2026, 3, 2))
    assert (found.milestone, found.kind) == ("review", DeadlineKind.MEETING)


def test_deadline_just_passed_is_still_one() -> None:
    text = "Late last night, our deadline, we reached a deal on NAFTA."
    found = only(text, day(text, "Late last night", PUBLISHED - DAY))
    assert found.kind is DeadlineKind.DEADLINE


def test_bare_month_of_a_coming_event_is_the_month_to_come() -> None:
    text = "NAFTA: the United States also holds elections in November."
    month = TimeExpression(
        Span(text.index("November"), len(text) - 1),
        TimexType.DATE,
        "2017-11",
        date(2017, 11, 1),
        date(2017, 12, 1),
        Precision.MONTH,
    )
    found = only(text, month)
    assert (found.start, found.end) == (date(2018, 11, 1), date(2018, 12, 1))


def test_weekday_with_a_limit_word_is_the_one_to_come() -> None:
    text = "NAFTA: Canada must sign by Monday."
    found = only(text, day(text, "Monday", date(2018, 5, 7)))
    assert found.start == date(2018, 5, 14)


def test_weekday_of_a_report_is_no_deadline() -> None:
    text = "Canada must sign, the minister said Monday."
    assert deadlines(text, day(text, "Monday", date(2018, 5, 7))) == ()


def test_date_beside_the_cue_of_a_quote_is_no_deadline() -> None:
    text = "Canada must sign, the minister thundered Thursday."
    cue = Span(text.index("thundered"), text.index("thundered") + len("thundered"))
    spoken = Span(0, 16)
    quote = Quote((spoken,), QuoteKind.INDIRECT, cue, None, spoken)
    assert deadlines(text, day(text, "Thursday", PUBLISHED), quotes=(quote,)) == ()


def test_two_names_of_one_day_are_one_deadline() -> None:
    text = "L'ALENA : la période prendra fin lundi prochain, le 21 mai."
    monday = date(2018, 5, 21)
    found = only(
        text, day(text, "lundi prochain", monday), day(text, "le 21 mai", monday), lang="fr"
    )
    assert found.span.of(text) == "lundi prochain, le 21 mai"


def test_span_of_a_day_goes_without_its_article() -> None:
    text = "Le Canada doit signer avant le 21 juin."
    found = only(text, day(text, "le 21 juin", JUNE), lang="fr")
    assert found.span.of(text) == "21 juin"


def test_recurrence_is_no_deadline() -> None:
    text = "NAFTA: they must meet every five years."
    start = text.index("every")
    every = TimeExpression(Span(start, len(text) - 1), TimexType.SET, "P5Y")
    assert deadlines(text, every) == ()


def test_without_publication_day_only_a_limit_counts() -> None:
    text = "Canada must sign by June 21. Ministers meet on June 21."
    first = day(text, "June 21", JUNE)
    start = text.rindex("June 21")
    second = TimeExpression(
        Span(start, start + 7), TimexType.DATE, "", JUNE, JUNE + DAY, Precision.DAY
    )
    found = deadlines(text, first, second, published=None)
    assert [d.span for d in found] == [first.span]


def test_plain_date_ahead_counts_only_with_the_negotiation_in_view() -> None:
    text = "The harvest festival is on June 21."
    assert deadlines(text, day(text, "June 21", JUNE)) == ()


def test_unsupported_language_has_no_deadlines() -> None:
    text = "Kanada muss bis June 21 unterschreiben."
    assert deadlines(text, day(text, "June 21", JUNE), lang="de") == ()


PIECES = [
    "must",
    "by",
    "June 21",
    "deadline",
    "no",
    ",",
    ".",
    "before",
    "vote",
    "if",
    ":",
    "«",
    "doit",
]


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=25),
    st.sampled_from(["en", "fr", "es"]),
    st.dates(date(2017, 1, 1), date(2019, 12, 31)),
    st.sampled_from(list(TimexType)),
    st.sampled_from([None, *Precision]),
    st.booleans(),
)
def test_no_text_raises_or_gives_a_span_outside(
    pieces: list[str],
    lang: str,
    on: date,
    type: TimexType,
    precision: Precision | None,
    open_ended: bool,
) -> None:
    text = " ".join(["NAFTA", *pieces, "June 21"])
    place = Span(text.index("June 21"), text.index("June 21") + 7)
    time = TimeExpression(place, type, None, on, None if open_ended else on + DAY, precision)
    for found in deadlines(text, time, lang=lang):
        assert 0 <= found.span.start < found.span.end <= len(text)
        assert found.what
        assert 0 < found.confidence <= 1
        assert found.sentence is not None
        assert found.sentence.covers(found.span)


MORE_NONE = [
    ("en", "Washington imposed tariffs on June 1.", "June 1", date(2018, 6, 1)),
    ("en", "The minister tweeted on June 1 that all was well.", "June 1", date(2018, 6, 1)),
    ("en", "The peso closed higher on Thursday.", "Thursday", PUBLISHED),
    ("en", "The minister told reporters on Thursday that Canada must sign.", "Thursday", PUBLISHED),
    ("fr", "Washington a imposé des tarifs le 1er juin.", "le 1er juin", date(2018, 6, 1)),
    ("es", "Washington impuso aranceles el 1 de junio.", "el 1 de junio", date(2018, 6, 1)),
]


@pytest.mark.parametrize(("lang", "text", "words", "on"), MORE_NONE, ids=[c[1] for c in MORE_NONE])
def test_day_of_something_done_or_said_is_no_deadline(
    lang: str, text: str, words: str, on: date
) -> None:
    text = VIEW[lang] + text
    assert deadlines(text, day(text, words, on), lang=lang) == ()


@pytest.mark.parametrize(
    ("lang", "text", "old", "new"),
    [
        ("en", "The deadline was extended from June 1 to June 21.", "June 1", "June 21"),
        ("en", "The June 1 deadline was pushed back to June 21.", "June 1", "June 21"),
        ("fr", "La date butoir du 1er juin a été repoussée au 21 juin.", "1er juin", "21 juin"),
        ("es", "La fecha límite del 1 de junio se pospuso al 21 de junio.", "1 de", "21 de"),
    ],
)
def test_moved_deadline_is_the_new_date(lang: str, text: str, old: str, new: str) -> None:
    text = VIEW[lang] + text
    found = deadlines(text, day(text, old, date(2018, 6, 1)), day(text, new, JUNE), lang=lang)
    assert [d.start for d in found] == [JUNE]


def test_clock_names_the_event_that_it_counts_from() -> None:
    text = "NAFTA: the text must be public 60 days before the signing, the law says."
    found = only(text, length(text, "60 days", "P60D"))
    assert found.clock is not None
    assert found.clock.anchor == "the signing"


def test_how_long_a_treaty_runs_is_an_expiry_without_days() -> None:
    text = "NAFTA would last 16 years."
    found = only(text, length(text, "16 years", "P16Y"))
    assert (found.kind, found.start, found.end) == (DeadlineKind.EXPIRY, None, None)


def test_clock_time_and_day_are_one_deadline() -> None:
    text = "NAFTA comments are due by 5 p.m. on June 21."
    hour = day(text, "5 p.m.", PUBLISHED, TimexType.TIME)
    found = only(text, hour, day(text, "June 21", JUNE))
    assert (found.span.of(text), found.start) == ("5 p.m. on June 21", JUNE)


def test_month_called_may_is_no_word_of_doubt() -> None:
    text = "NAFTA: Canada must sign by May 31."
    found = only(text, day(text, "May 31", date(2018, 5, 31)))
    assert found.certainty is Certainty.FIXED


def test_milestone_of_another_kind_on_the_same_day_is_not_claimed() -> None:
    text = "NAFTA: the duties take effect on July 1."
    (found,) = deadlines(text, day(text, "July 1", date(2026, 7, 1)), published=date(2026, 3, 2))
    assert (found.kind, found.milestone) == (DeadlineKind.EFFECTIVE, None)


def test_purpose_of_a_limit_is_what_is_due() -> None:
    text = "NAFTA: the drop-dead date for starting the clock, all say, is June 21."
    assert only(text, day(text, "June 21", JUNE)).what == "starting the clock"
