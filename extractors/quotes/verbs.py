"""Whether a word that looks like a reporting verb is one in its place, and in which form."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.quotes.cue import Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.impersonal import is_reflexive, is_said
from extractors.quotes.lexicon import (
    ASK,
    FIRST,
    FUTURE,
    GERUND,
    INFINITIVE,
    PARTICIPLE,
    PAST,
    PLURAL,
    SINGULAR,
    CueWord,
    Form,
)
from extractors.quotes.tokens import NUMBER, PUNCTUATION, QUOTE, WORD, Token, Tokens

_FINITE = frozenset({SINGULAR, PLURAL, PAST, FUTURE})
_GERUND, _FIRST = frozenset({GERUND}), frozenset({FIRST})
_GROUP = 7
_WITH_AUXILIARY = frozenset({PARTICIPLE, GERUND})
_SINGULAR_ENDINGS = ("ss", "us", "is")


@dataclass(slots=True)
class VerbGroup:
    """A verb with its auxiliaries and adverbs: where it begins, what it says of the fact.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    first: int
    auxiliary: bool
    factual: bool
    led: bool = False  # a form that tells what was done ("went on to say", "it was said that")


def verb_group(tokens: Tokens, index: int, word: CueWord, rules: Grammar) -> VerbGroup:
    """The group of words whose verb *word* stands at *index*."""
    lex = rules.lexicon
    first, auxiliary, factual = _led_from(tokens, index, word, rules), False, True
    led = first < index
    while first > 0 and index - first < _GROUP:
        before = tokens[first - 1]
        if before.kind is not WORD:
            break
        if before.low not in rules.verb_helpers and not lex.is_adverb(before.low):
            break
        if first > 1 and before.capital and rules.is_name(tokens, first - 1):
            break  # "Theresa May said"
        factual = factual and before.low not in lex.negations
        if before.low in lex.auxiliaries or _has_happened(tokens, first - 1, word, rules):
            auxiliary = True
        elif before.low in lex.modals:
            factual = factual and _is_progressive(before, word, rules)
        elif not (
            lex.is_adverb(before.low)
            or before.low in lex.addressed
            or before.low in rules.clitics
            or (before.low in lex.object_pronouns and _is_object_of_verb(tokens, first, rules))
        ):
            break
        first -= 1
    if tokens[index].low in lex.hiding:
        factual = not factual  # "did not hide that"
    if not auxiliary and PARTICIPLE in word.forms:
        far = _distant_auxiliary(tokens, first, rules)
        if far is not None:
            return VerbGroup(far, True, factual)
    said = first > 0 and is_said(tokens, first, index, word, rules)
    return VerbGroup(first, auxiliary, factual or said, led or said)


def _led_from(tokens: Tokens, index: int, word: CueWord, rules: Grammar) -> int:
    """Where the verb stands that an infinitive at *index* follows ("went on to say"), else it."""
    lex = rules.lexicon
    infinitive = PLURAL if lex.fixed_order else INFINITIVE
    if infinitive not in word.forms or index < 2:
        return index
    at = index - 1
    while at > 0 and (tokens[at].low in lex.infinitive_markers or tokens[at].low in lex.led_by):
        at -= 1
    return at if at < index - 1 and tokens[at].low in lex.leading_verbs else index


def _is_progressive(before: Token, word: CueWord, rules: Grammar) -> bool:
    """Whether an auxiliary makes a gerund the sentence's verb ("is saying"): it is being said."""
    return word.forms == _GERUND and before.low in rules.lexicon.passives


def _has_happened(tokens: Tokens, index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether a shortened auxiliary after a pronoun is "has" ("he's said"), not "is"."""
    lex = rules.lexicon
    return (
        index > 0
        and PARTICIPLE in word.forms
        and tokens[index].low in lex.shortened
        and tokens[index - 1].low in lex.postposed_pronouns
    )


def _distant_auxiliary(tokens: Tokens, first: int, rules: Grammar) -> int | None:
    """Where an auxiliary stands that a phrase parts from its verb ("a, pour sa part, dit")."""
    lex = rules.lexicon
    if not lex.parting:
        return None
    for index in range(first - 2, max(-1, first - _GROUP), -1):
        token = tokens[index]
        if token.kind is QUOTE or token.low in lex.relatives:
            return None
        following = tokens[index + 1]
        if following.low == ",":
            following = tokens[index + 2]
        if token.low in lex.auxiliaries and following.low in lex.parting:
            return index
    return None


def _is_object_of_verb(tokens: Tokens, verb: int, rules: Grammar) -> bool:
    """Whether the word before a verb group is its object ("le", "lo"), not an article.

    An article would stand before a noun: "la nota" is one, "ella la nota" is none.
    """
    lex = rules.lexicon
    low = tokens[verb - 1].low
    if low not in lex.determiners or verb < 2:
        return low not in lex.determiners
    if tokens[verb].low in lex.auxiliaries:
        return True
    earlier = tokens[verb - 2].low
    return (
        earlier in lex.pronouns
        or earlier in lex.relatives
        or earlier in lex.object_pronouns
        or earlier in lex.negations
    )


def _is_passive(lows: Sequence[str], rules: Grammar) -> bool:
    """Whether the auxiliary is that of the passive ("est considéré", not "s'est dit")."""
    lex = rules.lexicon
    return not lex.being.isdisjoint(lows) and lex.reflexive_pronouns.isdisjoint(lows)


def possible_forms(
    tokens: Tokens,
    index: int,
    group: VerbGroup,
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    """The forms that the word can be here; none where it is a noun or an adjective."""
    if group.led:
        return frozenset({PAST if rules.lexicon.fixed_order else SINGULAR})
    return _forms_of_verb(tokens, index, group, word, rules, before)


def _forms_of_verb(
    tokens: Tokens,
    index: int,
    group: VerbGroup,
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    lex = rules.lexicon
    words = [token.low for token in tokens[group.first : index]]
    low = tokens[index - 1].low if index else ""
    if _is_no_report(tokens, index, words, word, rules):
        return frozenset()
    if not lex.infinitive_auxiliaries.isdisjoint(words):
        return frozenset({GERUND} if PARTICIPLE in word.forms else ())
    if group.auxiliary:
        return word.forms & _WITH_AUXILIARY
    if INFINITIVE in word.forms and (
        low in lex.before_infinitive or _is_led_up(tokens, group.first, rules)
    ):
        return frozenset({GERUND})
    if low in lex.noun_markers:
        is_object = low in lex.object_pronouns and word.forms == _GERUND
        if not (is_object or _is_object_pronoun(tokens, index, rules)):
            return frozenset()
    if lex.fixed_order:
        return _english_forms(tokens, index, words, word, rules, before)
    if PARTICIPLE in word.forms and not word.forms & _FINITE:
        return frozenset({PARTICIPLE} if _is_joined(low, rules, before) else ())
    return word.forms if SINGULAR in word.forms else word.forms - {PARTICIPLE}


def _is_led_up(tokens: Tokens, first: int, rules: Grammar) -> bool:
    """Whether an infinitive tells what was said next ("avant de conclure que")."""
    return first > 0 and tokens[first - 1].low in rules.lexicon.before_infinitive


def _is_no_report(
    tokens: Tokens, index: int, words: Sequence[str], word: CueWord, rules: Grammar
) -> bool:
    """Whether the form is passive, reflexive, or a noun that looks like a first person."""
    lex = rules.lexicon
    if _is_passive(words, rules):
        return True
    reflexive = not lex.reflexives.isdisjoint(words)
    if word.reflexive and lex.reflexives:
        return not reflexive
    if reflexive:
        plain = [low for low in words if low not in lex.auxiliaries]
        if ASK not in word.frames or len(plain) > 1:
            return not is_reflexive(tokens, index - len(words), index, word, rules)
    return word.forms == _FIRST and not _is_first_person(tokens, index, rules)


def _is_joined(low: str, rules: Grammar, before: Cue | None) -> bool:
    """Whether a participle shares the auxiliary of the one before ("a affirmé ... et salué")."""
    return (
        before is not None
        and PARTICIPLE in before.forms
        and (low == "," or low in rules.lexicon.coordinators)
    )


def _is_first_person(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether a form that is a noun as well ("anuncio") has its place as a verb."""
    if index == 0:
        return True
    previous, lex = tokens[index - 1], rules.lexicon
    return (
        previous.kind is not WORD
        or previous.low in lex.pronouns
        or previous.low in lex.relatives
        or previous.low in lex.object_pronouns
    )


def _english_forms(
    tokens: Tokens,
    index: int,
    words: Sequence[str],
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    lex = rules.lexicon
    if not lex.passives.isdisjoint(words):
        return frozenset({PAST} if word.forms == _GERUND else ())
    if _is_reduced(tokens, index, words, word, rules):
        return frozenset()
    if not lex.modals.isdisjoint(words):
        if tokens[index].low in lex.hiding:
            return frozenset({PAST})  # "did not hide that"
        return frozenset({INFINITIVE} if PLURAL in word.forms else ())
    forms = word.forms - {PARTICIPLE}
    previous = tokens[index - 1] if index else None
    if PLURAL in forms and not words and (previous is None or previous.low in lex.conjunctions):
        joined = before is not None and PLURAL in before.forms
        forms = frozenset({PLURAL}) if joined else forms - {PLURAL}
    if tokens[index].low in lex.nouns and not _is_verb_here(tokens, index, forms, rules):
        return frozenset()
    return forms


def _is_reduced(
    tokens: Tokens,
    index: int,
    words: Sequence[str],
    word: CueWord,
    rules: Grammar,
) -> bool:
    """Whether a participle only describes ("a fact first reported by Roy")."""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if index > 1 and tokens[index - 1].capital and tokens[index - 2].kind is QUOTE:
        return False  # "“We wait,” Roy said by phone"
    return (
        PARTICIPLE in word.forms
        and after in rules.lexicon.agents
        and all(map(rules.lexicon.is_adverb, words))
    )


def _is_verb_here(tokens: Tokens, index: int, forms: frozenset[Form], rules: Grammar) -> bool:
    """Whether an English form that is a noun too ("reports", "claim") is the verb here."""
    lex = rules.lexicon
    if index == 0:
        return False
    previous = tokens[index - 1]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if previous.kind is QUOTE or following is None:
        return previous.capital or previous.kind is QUOTE
    if following.kind is QUOTE or previous.low in lex.pronouns:
        return True
    if following.kind is PUNCTUATION:
        parted = index > 1 and following.low == tokens[index - 2].low == ","
        return previous.capital and (parted or following.low in {":", "."})
    if previous.low in lex.prepositions or previous.kind is NUMBER:
        return False
    if previous.low in lex.conjunctions and PAST not in forms:
        return False
    base = PLURAL in forms and PAST not in forms
    plural = previous.low.endswith("s") and not previous.low.endswith(_SINGULAR_ENDINGS)
    if base and not (previous.capital or plural or lex.is_adverb(previous.low)):
        return False
    return (
        following.low in lex.distant_complementisers
        or (following.low in lex.pronouns and following.low not in lex.relatives)
        or following.low in lex.determiners
        or following.capital
    )


def _is_object_pronoun(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether the word before a French or Spanish verb is its object, not an article."""
    lex = rules.lexicon
    if index < 2 or tokens[index - 1].low not in lex.object_pronouns:
        return False
    if tokens[index - 1].low in lex.addressed:
        return tokens[index].low not in lex.noun_verbs
    endings = lex.preterite_endings
    if endings and tokens[index].low.endswith(endings):
        return True
    earlier = tokens[index - 2].low
    return earlier in lex.pronouns or earlier in lex.relatives
