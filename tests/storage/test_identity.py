"""The rules by which occurrences are one event."""

from datetime import date, timedelta
from typing import Any

import pytest

from storage.identity import Telling, keys_near, keys_of, partition, related, telling
from storage.identity_deadlines import subject_of
from storage.identity_speakers import may_be_one, person_of
from storage.identity_statements import verdict
from storage.identity_texts import Pair, cluster, text_shingles
from storage.identity_words import told_words

WORDS = "We will stay at the table until a fair balance is found for workers in both countries"


def speaker(name: str | None, *, mention: str | None = None, actor: str | None = None) -> Any:
    return {"name": name, "mention": mention, "actor": actor, "role": None} | {
        "organisation": None,
        "party": None,
    }


def said(
    text: str,
    who: str | None = "Nora Fielding",
    *,
    day: int = 17_000,
    lang: str = "en",
    story: str = "s",
) -> Telling:
    data: dict[str, Any] = {
        "text": text,
        "kind": "direct",
        "speaker": speaker(who) if who else None,
        "issues": [],
        "lang": lang,
    }
    return telling("quote", data, day, story, day)


def due(
    what: str,
    start: date | None,
    end: date | None = None,
    *,
    day: int = 17_000,
    lang: str = "en",
    kind: str = "deadline",
    party: str | None = "US",
    milestone: str | None = None,
) -> Telling:
    until = end or (start + timedelta(days=1) if start else None)
    data: dict[str, Any] = {
        "what": what,
        "kind": kind,
        "due": {
            "from": start.isoformat() if start else None,
            "to": until.isoformat() if until else None,
            "precision": "day",
        },
        "set_by": {"actor": None, "party": party, "text": ""} if party else None,
        "consequence": None,
        "certainty": "fixed",
        "clock": None,
        "milestone": milestone,
        "issues": [],
        "lang": lang,
    }
    return telling("deadline", data, day, "s", day)


def events(*tellings: Telling) -> list[int]:
    """The number of the event of each telling, in order."""
    numbers = {
        digest: number
        for number, group in enumerate(sorted(partition(tellings), key=min))
        for digest in group
    }
    found = [numbers[one.digest] for one in tellings]
    backwards = {digest: group for group in partition(reversed(tellings)) for digest in group}
    for one, number in zip(tellings, found, strict=True):
        assert backwards[one.digest] == {d for d, n in numbers.items() if n == number}
    first = {number: place for place, number in reversed(list(enumerate(found)))}
    return [first[number] for number in found]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        pytest.param("Nora Fielding", "Ms. Fielding", True, id="title"),
        pytest.param("Nora Fielding", "FIELDING", True, id="surname"),
        pytest.param("Fermín Arce", "el señor Arce", True, id="spanish-title"),
        pytest.param("Rémi Desforges", "M. Desforges", True, id="french-title"),
        pytest.param("Nora Fielding", "N. Fielding", True, id="initial"),
        pytest.param("Nora Fielding", "Owen Fielding", False, id="relatives"),
        pytest.param("Nora Fielding", "Walter Oakes", False, id="others"),
    ],
)
def test_names_of_one_person(one: str, other: str, same: bool) -> None:
    persons = [person_of(speaker(name)) for name in (one, other)]
    assert all(persons)
    assert may_be_one(*persons) is same  # type: ignore[arg-type]


@pytest.mark.parametrize("mention", ["she", "Elle", "the minister", "el"])
def test_a_pronoun_or_a_description_names_nobody(mention: str) -> None:
    assert person_of(speaker(None, mention=mention)) is None


def test_ids_of_the_pack_come_before_names() -> None:
    one, other = (person_of(speaker("N. F.", actor=actor)) for actor in ("ca-1", "ca-2"))
    assert one is not None
    assert other is not None
    assert not may_be_one(one, other)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(WORDS.upper(), id="case"),
        pytest.param(f"… {WORDS} …", id="ellipses"),
        pytest.param(WORDS.replace("table", "table [in Geneva]"), id="insertion"),
        pytest.param("until a fair balance", id="four-words"),
        pytest.param(WORDS.replace("workers", "all workers"), id="edited"),
        pytest.param(WORDS.replace("until a fair", "until … fair"), id="left-out"),
    ],
)
def test_the_same_words(other: str) -> None:
    assert verdict(told_words(WORDS), told_words(other)) > 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(WORDS, WORDS.replace("will", "will not"), id="negation"),
        pytest.param(f"{WORDS} by 2019", f"{WORDS} by 2020", id="figure"),
        pytest.param(f"{WORDS} in ten weeks", f"{WORDS} in twenty weeks", id="number"),
        pytest.param(WORDS, "at the bridge", id="three-words"),
        pytest.param(WORDS, "Nobody knows what the other side wants", id="other-words"),
    ],
)
def test_other_words(one: str, other: str) -> None:
    assert verdict(told_words(one), told_words(other)) <= 0


def test_ten_and_10_are_one_figure() -> None:
    assert verdict(told_words(f"{WORDS} in ten weeks"), told_words(f"{WORDS} in 10 weeks")) == 1


def test_an_unknown_speaker_joins_the_only_known_one() -> None:
    assert events(said(WORDS), said(WORDS, None)) == [0, 0]


def test_an_unknown_speaker_joins_none_of_two() -> None:
    known = said(WORDS), said(WORDS, "Walter Oakes")
    assert events(*known, said(WORDS, None)) == [0, 1, 2]


def test_few_words_of_an_unknown_speaker_are_nobody_elses() -> None:
    words = "That is a fair deal"
    assert events(said(words), said(words, None), said(words, None, story="t")) == [0, 1, 2]


def test_few_words_of_an_unknown_speaker_are_one_event_in_their_story() -> None:
    words = "That is a fair deal"
    assert said(words, None).digest == said(words, None).digest


def test_a_surname_does_not_bridge_two_people() -> None:
    tellings = said(WORDS), said(WORDS, "Owen Fielding"), said(WORDS, "Fielding")
    found = events(*tellings)
    assert found[0] != found[1]


def test_a_fragment_joins_its_best_statement_and_bridges_none() -> None:
    other = "Nobody doubts that we will stay at the table whatever the markets think"
    found = events(said(WORDS), said(other), said("we will stay at the table"))
    assert found[0] != found[1]
    assert found[2] in found[:2]


def test_the_same_words_after_weeks_are_another_event() -> None:
    assert events(said(WORDS), said(WORDS, day=17_030)) == [0, 1]


def test_words_that_go_on_being_printed_stay_one_event() -> None:
    assert events(*(said(WORDS, day=17_000 + 6 * n) for n in range(5))) == [0] * 5


def test_a_translation_is_another_event() -> None:
    assert events(said(WORDS), said(WORDS, lang="fr")) == [0, 1]


def test_related_statements_share_a_key() -> None:
    one = said(WORDS)
    for other in (said("until a fair balance"), said(WORDS, None, day=17_007)):
        assert related(one, other)
        assert set(keys_near(one)) & set(keys_of(other))
        assert set(keys_near(other)) & set(keys_of(one))


MAY = date(2018, 5, 1)


@pytest.mark.parametrize(
    ("other", "same"),
    [
        pytest.param(due("the replies on auto rules", MAY), True, id="same-date"),
        pytest.param(due("replies on auto rules", date(2018, 5, 15)), True, id="moved"),
        pytest.param(due("replies on auto rules", MAY, date(2018, 6, 1)), True, id="vaguer"),
        pytest.param(due("replies on auto rules", MAY, party=None), True, id="nobody-named"),
        pytest.param(due("replies on auto rules", MAY, party="CA"), False, id="other-party"),
        pytest.param(due("replies on auto rules", MAY, kind="vote"), False, id="other-kind"),
        pytest.param(due("ratification of side letters", MAY), False, id="other-subject"),
        pytest.param(due("replies on auto rules", MAY, lang="fr"), False, id="other-language"),
        pytest.param(due("replies on auto rules", MAY, day=17_200), False, id="long-after"),
    ],
)
def test_the_same_deadline(other: Telling, same: bool) -> None:
    one = due("replies on auto rules", MAY)
    assert (events(one, other) == [0, 0]) is same
    if same:
        assert set(keys_near(one)) & set(keys_of(other))


def test_the_second_round_is_not_the_third() -> None:
    one = due("the second round of talks", MAY, kind="meeting")
    other = due("the third round of talks", date(2018, 5, 20), kind="meeting")
    assert events(one, other) == [0, 1]


def test_a_milestone_is_one_deadline_in_any_language() -> None:
    one = due("replies", MAY, milestone="m")
    other = due("réponses", date(2018, 9, 1), lang="fr", milestone="m", day=17_400)
    assert events(one, other) == [0, 0]


def test_an_unnamed_thing_joins_the_only_deadline_of_its_date() -> None:
    one, other = due("replies on auto rules", MAY), due("steel duties", MAY)
    unnamed = due("the deadline", MAY, party=None)
    assert events(one, unnamed) == [0, 0]
    assert events(one, other, unnamed) == [0, 1, 2]


def test_numbers_tell_subjects_apart_and_years_do_not() -> None:
    assert subject_of("the seventh round in 2018") == ("7th", "round")


def test_a_text_made_of_two_does_not_glue_their_stories() -> None:
    pairs = [Pair(0, 1, 0.95), Pair(2, 3, 0.95), Pair(1, 4, 0.8), Pair(2, 4, 0.75)]
    found = cluster(range(5), pairs)
    assert cluster(range(5), list(reversed(pairs))) == found
    assert not any({0, 2} <= group for group in found)


def test_very_short_texts_are_stories_of_their_own() -> None:
    assert text_shingles("word " * 24, "en") == frozenset()


def test_texts_of_two_languages_share_nothing() -> None:
    text = " ".join(f"mot{n}" for n in range(200))
    assert not text_shingles(text, "en") & text_shingles(text, "fr")
