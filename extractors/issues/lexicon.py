"""The stance words of a language, and its words around them, compiled from its data."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from extractors.actors.lexicon import actor_words
from extractors.issues.patterns import acting, either, opening, right_before, whole_words
from extractors.issues.wordlists import WordLists
from extractors.languages import language_data
from extractors.text.folding import fold
from extractors.types import Stance


class Form(StrEnum):
    """What part a cue plays in its clause."""

    VERB = "verb"
    NOUN = "noun"
    PREDICATE = "predicate"
    STATE = "state"
    PRESSURE = "pressure"
    ACCEPTING = "accepting"
    HANDLING = "handling"
    REMOVING = "removing"
    SILENT = "silent"
    FRAME = "frame"
    DUTY = "duty"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """A language's stance words, compiled."""

    cues: WordLists[tuple[Form, Stance | None]]
    negation: re.Pattern[str]
    holds_negation: re.Pattern[str]
    negation_before: re.Pattern[str]
    negation_tail: re.Pattern[str]
    expletive: re.Pattern[str]
    conjunction_before: re.Pattern[str]
    particle_before: re.Pattern[str]
    bearer_before: re.Pattern[str]
    experiencer_before: re.Pattern[str]
    first_person: re.Pattern[str]
    first_person_before: re.Pattern[str]
    pronoun: re.Pattern[str]
    possessive_before: re.Pattern[str]
    owned_before: re.Pattern[str]
    determiner_before: re.Pattern[str]
    coordination: re.Pattern[str]
    series: re.Pattern[str]
    genitive_before: re.Pattern[str]
    genitive: re.Pattern[str]
    purpose: re.Pattern[str]
    aim_before: re.Pattern[str]
    noun_before: re.Pattern[str]
    preposition_before: re.Pattern[str]
    agent_before: re.Pattern[str]
    agents_before: re.Pattern[str]
    bare_before: re.Pattern[str]
    bearers_behind: re.Pattern[str]
    people_behind: re.Pattern[str]
    fronting: re.Pattern[str]
    subject_opens: re.Pattern[str]
    fronted_before: re.Pattern[str]
    likewise: re.Pattern[str]
    likewise_before: re.Pattern[str]
    asks: re.Pattern[str]
    fears: re.Pattern[str]
    glad: re.Pattern[str]
    warns: re.Pattern[str]
    firm: re.Pattern[str]
    by_after: re.Pattern[str]
    nominal_before: re.Pattern[str]
    for_whom: re.Pattern[str]
    viewpoint_before: re.Pattern[str]
    own_view: re.Pattern[str]
    aside: re.Pattern[str]
    locative_before: re.Pattern[str]
    several_do: re.Pattern[str]
    impersonal_before: re.Pattern[str]
    origin_before: re.Pattern[str]
    source_before: re.Pattern[str]
    will_before: re.Pattern[str]
    joint: re.Pattern[str]
    two: re.Pattern[str]
    passive_before: re.Pattern[str]
    progressive: re.Pattern[str]
    going_on_before: re.Pattern[str]
    act: re.Pattern[str]
    act_before: re.Pattern[str]
    losses: re.Pattern[str]
    finite: re.Pattern[str]
    factual: re.Pattern[str]
    relative: re.Pattern[str]
    relative_inside: re.Pattern[str]
    object_relative: re.Pattern[str]
    where: re.Pattern[str]
    infinitive_before: re.Pattern[str]
    who: re.Pattern[str]
    whose: re.Pattern[str]
    sentential: re.Pattern[str]
    condition: re.Pattern[str]
    unless: re.Pattern[str]
    until: re.Pattern[str]
    in_return: re.Pattern[str]
    promise: re.Pattern[str]
    topic: re.Pattern[str]
    adverbial: re.Pattern[str]
    complement: re.Pattern[str]
    complementizer: re.Pattern[str]
    complementizer_inside: re.Pattern[str]
    listing_before: re.Pattern[str]
    equates: re.Pattern[str]
    presents: re.Pattern[str]
    measure: re.Pattern[str]
    measure_word: re.Pattern[str]
    laid_on: re.Pattern[str]
    used: re.Pattern[str]
    in_force: re.Pattern[str]
    goes_on: re.Pattern[str]
    items: re.Pattern[str]
    lists: re.Pattern[str]
    evil: re.Pattern[str]
    plural_pronoun: re.Pattern[str]
    dative_before: re.Pattern[str]
    dative_behind: re.Pattern[str]
    personal: re.Pattern[str]
    feminine: re.Pattern[str]
    subject_pronoun: re.Pattern[str]
    several_before: re.Pattern[str]
    several_behind: re.Pattern[str]
    several_people: re.Pattern[str]
    several_inside: re.Pattern[str]
    several_opens: re.Pattern[str]
    trade: re.Pattern[str]
    trade_after: re.Pattern[str]
    object_after: re.Pattern[str]
    object_before: re.Pattern[str]
    object_in: re.Pattern[str]
    drops_subject: bool
    bare_relatives: bool
    gendered_things: bool
    inverts_subject: bool
    judgement: re.Pattern[str]
    modal_before: re.Pattern[str]
    modal_behind: re.Pattern[str]
    clause_break: re.Pattern[str]


_SPECIAL = {
    "accepts": Form.ACCEPTING,
    "handles": Form.HANDLING,
    "pressure": Form.PRESSURE,
    "removing": Form.REMOVING,
    "silent": Form.SILENT,
    "idle": Form.IDLE,
}
_TABLES = {
    "verbs": Form.VERB,
    "nouns": Form.NOUN,
    "predicates": Form.PREDICATE,
    "states": Form.STATE,
    "frames": Form.FRAME,
    "duties": Form.DUTY,
}
# The name of a class of verbs in an expression, which stands for the endings of the class.
_CLASS = re.compile(r"\{([a-z]+)\}")
# What may stand before the first word of a clause.
_OPENING = r"[\s,\"“”«]*"


@cache
def lexicon(lang: str) -> Lexicon:
    """The stance words of *lang*."""
    written = language_data(lang, "stance")
    data = {name: _conjugated(value, written["endings"]) for name, value in written.items()}
    cues: dict[tuple[Form, Stance | None], list[str]] = {}
    for table, form in _TABLES.items():
        for name, words in data[table].items():
            special = _SPECIAL.get(name)
            stance = None if special else Stance(name)
            cues[special or form, stance] = words
    cues[Form.PREDICATE, Stance.AGREED] += data["in_force"]
    cues[Form.VERB, Stance.DEMANDS] += data["firm"]
    articles = either(data["articles"])
    particles = either(data["particles"])
    subjects = [
        word for name in ("articles", "possessives", "pronouns", "personal") for word in data[name]
    ]
    article = rf"(?:(?:{articles})(?:\s|(?<=')))?"
    word = rf"(?!(?:{either(data['complementizers'])})(?!\w))[\w-]+\s"
    # Before a side: those who are of it ("the growers of", "les producteurs").
    people = rf"{article}(?:{word}){{0,3}}(?:(?:{either(data['origins'])})(?:\s|(?<=')){article})?"
    return Lexicon(
        cues=WordLists(cues, suffix=data["suffixes"]),
        negation=whole_words(data["negations"]),
        holds_negation=whole_words([*data["negations"], *data["negation_tails"]]),
        negation_before=re.compile(
            rf"(?<![\w-])(?:{either(data['negations'])})\s(?:to\s)?(?:se\s)?$"
        ),
        negation_tail=re.compile(rf"\s(?:{either(data['negation_tails'])})(?!\w)"),
        expletive=re.compile(rf"(?<!\w)(?:{either(data['expletives'])})"),
        conjunction_before=right_before(data["conjunctions"], rf"\s(?:(?:{particles})\s)?"),
        particle_before=re.compile(rf"\s(?:{particles})\s$"),
        bearer_before=right_before(data["bearers"], r"\s(?:[\w']+\s){0,2}"),
        experiencer_before=re.compile(
            rf"\s(?:{word}){{0,4}}(?:(?:{either(data['experiencers'])})\s)?{people}"
        ),
        first_person=whole_words(data["first_person"]),
        first_person_before=right_before(data["first_person"], r"\s(?:[\w-]+\s)?"),
        pronoun=whole_words([*data["pronouns"], *data["personal"], *_people(lang)]),
        personal=whole_words([*data["personal"], *_people(lang)]),
        possessive_before=right_before(data["possessives"], r"\s+(?:\w+\s+)?"),
        owned_before=re.compile(
            rf"(?:^|\W)(?:{either(data['possessives'])})\s\w+\s(?:{either(data['genitives'])})"
            r"(?:\s|(?<='))(?:\w+\s)?$"
        ),
        determiner_before=re.compile(
            rf"(?:(?:^|\W)(?:{articles}|{either(data['possessives'])})(?:\s|(?<='))|'s?\s)"
            r"(?:[\w.]+\s+)?$"
        ),
        coordination=re.compile(
            rf"\s*(?:,\s*|,?\s*(?:{either(data['coordinators'])})\s+{article})+"
        ),
        series=re.compile(rf"\s*(?:,\s*|,?\s*(?:{either(data['coordinators'])})\s+){article}"),
        genitive_before=re.compile(rf"(?:^|\W)(?:{either(data['genitives'])})\s?$"),
        genitive=opening(data["genitives"], r"\s"),
        aim_before=right_before(data["aims"], r"(?:\s|(?<='))"),
        noun_before=right_before(data["prepositions"], rf"\s{article}(?:{word})"),
        purpose=re.compile(rf"\s(?:{either(data['purposes'])})(?!\w)"),
        preposition_before=right_before(data["prepositions"], rf"\s{article}"),
        agent_before=right_before(data["agents"], rf"\s{article}"),
        agents_before=right_before(data["agents"], rf"(?:\s|(?<=')){people}"),
        bare_before=re.compile(rf"\s{article}"),
        bearers_behind=re.compile(
            rf"\s(?:{either([*data['agents'], *data['genitives']])})(?:\s|(?<=')){people}"
        ),
        people_behind=re.compile(rf"\s{people}"),
        fronting=opening(data["fronting"], _OPENING),
        subject_opens=opening(subjects),
        fronted_before=re.compile(rf",\s{people}$"),
        likewise=re.compile(rf"(?:{either(data['likewise'])})\s"),
        likewise_before=re.compile(rf"(?:{either(data['likewise'])})\s{people}$"),
        by_after=re.compile(rf"(?:\s[\w'-]+){{0,3}}?\s{data['agents'][0]}(?!\w)"),
        nominal_before=right_before([*data["nominal"], *data["possessives"]]),
        aside=re.compile(rf", (?:{either(data['viewpoints'])})(?:\s|(?<='))[^,;]*"),
        for_whom=re.compile(rf"\W*(?:{either(data['for_whom'])})(?!\w)"),
        own_view=re.compile(
            rf"\W*(?:(?:{either(data['viewpoints'])})(?:\s|(?<='))"
            rf"(?P<who>{either([*data['pronouns'], *data['personal'], *data['plural_pronouns']])})"
            rf"|{either(data['own_views'])})(?!\w)"
        ),
        viewpoint_before=re.compile(rf"\W*(?:{either(data['viewpoints'])})(?:\s|(?<=')){people}"),
        locative_before=re.compile(rf"\W*(?:{either(data['locatives'])})(?:\s|(?<=')){article}"),
        several_do=re.compile(rf"(?:{either(data['several_do'])})(?!\w)"),
        impersonal_before=right_before(data["impersonals"]),
        origin_before=re.compile(
            rf"[a-z]{{3,}}\s(?:{either(data['origins'])})(?:\s|(?<=')){article}$"
        ),
        source_before=re.compile(rf"\s(?:{either(data['sources'])})\s?{article}"),
        will_before=acting(data["wills"], data["asides"]),
        joint=whole_words(data["joint"]),
        two=whole_words(data["two"]),
        passive_before=re.compile(
            rf"(?:^|\W)(?<!\bse )(?<!\bs')(?:{either(data['passives'])})\s+(?:[\w']+\s+)?$"
        ),
        factual=whole_words(data["factual"]),
        finite=re.compile(data["finite"]),
        progressive=re.compile(rf"\w+{data['progressive']}(?!\w)"),
        going_on_before=right_before(data["going_on"]),
        act=re.compile(rf"{data['act']}(?!\w)"),
        losses=whole_words(data["losses"]),
        act_before=re.compile(rf"(?:^|(?:^|\W)(?:{either(data['complementizers'])})){_OPENING}$"),
        relative=opening([*data["relatives"], *data["sentential"]], r"[\s,]*"),
        relative_inside=opening(data["relatives"], r"(?<!\w)"),
        whose=opening(data["whose"]),
        where=re.compile(rf"[\s,]*(?:{either(data['where'])})\s"),
        infinitive_before=right_before(data["particles"], r"(?:\s|(?<='))"),
        object_relative=opening(data["object_relatives"], r"[\s,]*"),
        who=re.compile(rf"(?:{either(data['who'])})\s"),
        sentential=opening(data["sentential"], r"[\s,]*"),
        asks=whole_words(data["asks"]),
        firm=whole_words([*data["firm"], *data["red_lines"]]),
        fears=whole_words(data["fears"]),
        glad=whole_words(data["glad"]),
        warns=whole_words(data["warns"]),
        condition=opening(data["conditions"], _OPENING),
        unless=opening(data["unless"], _OPENING),
        until=whole_words(data["until"]),
        in_return=re.compile(
            rf"(?<!\w)(?:{either(data['provided'])}|(?P<exchange>{either(data['exchanges'])}))"
            r"(?:(?<=')|(?!\w))"
        ),
        promise=whole_words(data["promises"]),
        complement=re.compile(rf"\s*(?:{either(data['complements'])})(?:\s|(?<='))"),
        complementizer=opening(data["complementizers"], r"[\s,]*"),
        complementizer_inside=opening(data["complementizers"], r"(?<!\w)"),
        listing_before=re.compile(
            rf"(?:^|\W)(?:{either(data['listings'])})\s"
            rf"(?:{either([*data['possessives'], *data['articles']])})\s(?:\w+\s){{0,2}}$"
        ),
        equates=whole_words(data["equates"]),
        presents=opening(data["presents"], r"[\s,]*"),
        laid_on=right_before(data["measures_on"], rf"\s{article}"),
        used=whole_words([*data["measures"], *data["used"]]),
        in_force=whole_words(data["in_force"]),
        items=re.compile(rf"\W*(?:{either(data['items'])})(?!\w)"),
        lists=whole_words(data["lists"]),
        goes_on=re.compile(rf"\W*(?:{either(data['goes_on'])})(?!\w)"),
        evil=whole_words(data["evils"]),
        dative_before=right_before(data["datives"]),
        dative_behind=re.compile(rf"\s(?:{either(data['datives'])})\s"),
        plural_pronoun=whole_words(data["plural_pronouns"]),
        subject_pronoun=whole_words(data["subject_pronouns"]),
        feminine=whole_words(
            fold(word) for word in language_data(lang, "actors")["pronouns"]["feminine"]
        ),
        several_before=right_before(data["several"], r"\s(?:[\w'-]+\s){0,2}(?:\w')?"),
        several_behind=re.compile(
            rf"(?:'s?)?\s(?:[\w-]+\s){{0,2}}(?:{either(data['several_people'])})(?!\w)"
        ),
        several_people=re.compile(rf"(?:.*\W)?(?:{either(data['several_people'])})"),
        several_inside=whole_words(data["several_people"]),
        several_opens=re.compile(rf"\W*(?:{either(data['several'])})\s"),
        measure_word=whole_words(data["measures"]),
        measure=re.compile(
            rf"(?<!\w)(?:(?:{either(data['measures_behind'])})\s)(?P<word>{either(data['measures'])})"
            rf"(?![\w-])(?!\s(?:{either(data['measures_on'])})(?!\w))"
        ),
        trade=whole_words(data["trades"]),
        trade_after=re.compile(rf"\s(?:{either(data['trades'])})(?!\w)"),
        object_after=re.compile(rf"\s(?:{either(data['object_pronouns'])})(?!\w)"),
        object_before=re.compile(
            rf"(?:^|[^\w-])(?:{either(data['object_clitics'])})(?:\s|(?<='))$"
        ),
        object_in=re.compile(rf"(?:{data['suffixes'] or '(?!)'})$"),
        adverbial=re.compile(
            rf"\W*(?:{either([*data['topics'], *data['prepositions']])})(?:\s|(?<='))"
        ),
        topic=re.compile(rf"\W*(?:{either(data['topics'])})\s{article}"),
        drops_subject=data["drops_subject"],
        bare_relatives=data["bare_relatives"],
        gendered_things=data["gendered_things"],
        inverts_subject=data["inverts_subject"],
        judgement=whole_words(data["judgements"]),
        modal_before=acting(data["modals"], data["asides"]),
        modal_behind=re.compile(rf"\s(?:{either(data['modals'])})\s"),
        # The look spares the try of each break at the letters, with which none begins.
        clause_break=re.compile(rf"(?=[^a-z0-9])(?:{'|'.join(data['clause_breaks'])})"),
    )


def _conjugated(value: Any, endings: Mapping[str, Sequence[str]]) -> Any:
    """Data with the endings of a class of verbs for its name in braces: "exig(?:{ger}|er)"."""
    if isinstance(value, str):
        return _CLASS.sub(lambda match: "|".join(endings[match[1]]), value)
    if isinstance(value, list):
        return [_conjugated(each, endings) for each in value]
    if isinstance(value, dict):
        return {name: _conjugated(each, endings) for name, each in value.items()}
    return value


def _people(lang: str) -> list[str]:
    """Words for one person that stand for somebody named before: "the minister"."""
    people = actor_words(lang)
    roles = (role for role, one in people.roles.items() if role == one)
    nouns = either(fold(role) for role in roles if role not in people.anonymous)
    definite = either(fold(word) for word in people.definite if word.isalpha())
    return [rf"(?:{definite}) (?:\w+ )?(?:{nouns})", rf"l'(?:\w+ )?(?:{nouns})"]
