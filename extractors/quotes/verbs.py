"""Whether a word that looks like a reporting verb is one in its place, and in which form."""

from collections.abc import Sequence
from dataclasses import dataclass

from extractors.quotes.cue import Cue
from extractors.quotes.grammar import Grammar
from extractors.quotes.impersonal import is_reflexive, is_said
from extractors.quotes.lexicon import CueWord, Form, Frame
from extractors.quotes.tokens import NUMBER, PUNCTUATION, QUOTE, WORD, Token

_FINITE = frozenset({Form.SINGULAR, Form.PLURAL, Form.PAST, Form.FUTURE})
_GROUP = 7
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


def verb_group(tokens: Sequence[Token], index: int, word: CueWord, rules: Grammar) -> VerbGroup:
    """The group of words whose verb *word* stands at *index*."""
    lex = rules.lexicon
    first, auxiliary, factual = _led_from(tokens, index, word, rules), False, True
    led = first < index
    while first > 0 and index - first < _GROUP:
        before = tokens[first - 1]
        named = first > 1 and before.capital and rules.is_name(tokens, first - 1)
        if before.kind is not WORD or named:
            break  # "Theresa May said"
        factual = factual and not lex.is_a(before.low, "negations")
        if lex.is_a(before.low, "auxiliaries") or _has_happened(tokens, first - 1, word, rules):
            auxiliary = True
        elif lex.is_a(before.low, "modals"):
            factual = factual and _is_progressive(before, word, rules)
        elif not (
            lex.is_adverb(before.low)
            or lex.is_a(before.low, "addressed")
            or is_clitic(tokens, first - 1, rules)
            or (
                lex.is_a(before.low, "object_pronouns") and _is_object_of_verb(tokens, first, rules)
            )
        ):
            break
        first -= 1
    if lex.is_a(tokens[index].low, "hiding"):
        factual = not factual  # "did not hide that"
    if not auxiliary and Form.PARTICIPLE in word.forms:
        far = _distant_auxiliary(tokens, first, rules)
        if far is not None:
            return VerbGroup(far, True, factual)
    said = is_said(tokens, first, index, word, rules)
    return VerbGroup(first, auxiliary, factual or said, led or said)


def _led_from(tokens: Sequence[Token], index: int, word: CueWord, rules: Grammar) -> int:
    """Where the verb stands that an infinitive at *index* follows ("went on to say"), else it."""
    lex = rules.lexicon
    infinitive = Form.PLURAL if lex.fixed_order else Form.INFINITIVE
    if infinitive not in word.forms or index < 2:
        return index
    at = index - 1
    while at > 0 and (
        lex.is_a(tokens[at].low, "infinitive_markers") or lex.is_a(tokens[at].low, "led_by")
    ):
        at -= 1
    return at if at < index - 1 and lex.is_a(tokens[at].low, "leading_verbs") else index


def _is_progressive(before: Token, word: CueWord, rules: Grammar) -> bool:
    """Whether an auxiliary makes a gerund the sentence's verb ("is saying"): it is being said."""
    return word.forms == {Form.GERUND} and rules.lexicon.is_a(before.low, "passives")


def _has_happened(tokens: Sequence[Token], index: int, word: CueWord, rules: Grammar) -> bool:
    """Whether a shortened auxiliary after a pronoun is "has" ("he's said"), not "is"."""
    lex = rules.lexicon
    return (
        index > 0
        and Form.PARTICIPLE in word.forms
        and lex.is_a(tokens[index].low, "shortened")
        and lex.is_a(tokens[index - 1].low, "postposed_pronouns")
    )


def _distant_auxiliary(tokens: Sequence[Token], first: int, rules: Grammar) -> int | None:
    """Where an auxiliary stands that a phrase parts from its verb ("a, pour sa part, dit")."""
    lex = rules.lexicon
    for index in range(first - 2, max(-1, first - _GROUP), -1):
        token = tokens[index]
        if token.kind is QUOTE or lex.is_a(token.low, "relatives"):
            return None
        following = tokens[index + 1]
        if following.low == ",":
            following = tokens[index + 2]
        if lex.is_a(token.low, "auxiliaries") and lex.is_a(following.low, "parting"):
            return index
    return None


def _is_object_of_verb(tokens: Sequence[Token], verb: int, rules: Grammar) -> bool:
    """Whether the word before a verb group is its object ("le", "lo"), not an article.

    An article would stand before a noun: "la nota" is one, "ella la nota" is none.
    """
    lex = rules.lexicon
    low = tokens[verb - 1].low
    if not lex.is_a(low, "determiners") or verb < 2:
        return not lex.is_a(low, "determiners")
    if lex.is_a(tokens[verb].low, "auxiliaries"):
        return True
    earlier = tokens[verb - 2].low
    return (
        lex.is_a(earlier, "pronouns")
        or lex.is_a(earlier, "relatives")
        or lex.is_a(earlier, "object_pronouns")
        or lex.is_a(earlier, "negations")
    )


def _is_passive(words: Sequence[Token], rules: Grammar) -> bool:
    """Whether the auxiliary is that of the passive ("est considéré", not "s'est dit")."""
    lex = rules.lexicon
    return lex.has_a(words, "being") and not any(
        lex.is_a(token.low, "reflexive_pronouns") for token in words
    )


def is_clitic(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether the token is a subject tied to its verb by a hyphen ("-t-il")."""
    low = tokens[index].low
    return low.startswith("-") and rules.lexicon.is_a(low, "postposed_pronouns")


def possible_forms(
    tokens: Sequence[Token],
    index: int,
    group: VerbGroup,
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    """The forms that the word can be here; none where it is a noun or an adjective."""
    if group.led:
        return frozenset({Form.PAST if rules.lexicon.fixed_order else Form.SINGULAR})
    return _forms_of_verb(tokens, index, group, word, rules, before)


def _forms_of_verb(
    tokens: Sequence[Token],
    index: int,
    group: VerbGroup,
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    lex = rules.lexicon
    words = tokens[group.first : index]
    low = tokens[index - 1].low if index else ""
    if _is_no_report(tokens, index, words, word, rules):
        return frozenset()
    if lex.has_a(words, "infinitive_auxiliaries"):
        return frozenset({Form.GERUND} if Form.PARTICIPLE in word.forms else ())
    if group.auxiliary:
        return word.forms & {Form.PARTICIPLE, Form.GERUND}
    if Form.INFINITIVE in word.forms and (
        lex.is_a(low, "before_infinitive") or _is_led_up(tokens, group.first, rules)
    ):
        return frozenset({Form.GERUND})
    is_object = lex.is_a(low, "object_pronouns") and word.forms == {Form.GERUND}
    if lex.is_a(low, "noun_markers") and not (
        is_object or _is_object_pronoun(tokens, index, rules)
    ):
        return frozenset()
    if lex.fixed_order:
        return _english_forms(tokens, index, words, word, rules, before)
    if Form.PARTICIPLE in word.forms and not word.forms & _FINITE:
        return frozenset({Form.PARTICIPLE} if _is_joined(low, rules, before) else ())
    return word.forms if Form.SINGULAR in word.forms else word.forms - {Form.PARTICIPLE}


def _is_led_up(tokens: Sequence[Token], first: int, rules: Grammar) -> bool:
    """Whether an infinitive tells what was said next ("avant de conclure que")."""
    return first > 0 and rules.lexicon.is_a(tokens[first - 1].low, "before_infinitive")


def _is_no_report(
    tokens: Sequence[Token], index: int, words: Sequence[Token], word: CueWord, rules: Grammar
) -> bool:
    """Whether the form is passive, reflexive, or a noun that looks like a first person."""
    lex = rules.lexicon
    if _is_passive(words, rules):
        return True
    reflexive = lex.has_a(words, "reflexives")
    if word.reflexive and lex.words["reflexives"]:
        return not reflexive
    plain = sum(not lex.is_a(token.low, "auxiliaries") for token in words)
    if reflexive and (Frame.ASK not in word.frames or plain > 1):
        return not is_reflexive(tokens, index - len(words), index, word, rules)
    return word.forms == {Form.FIRST} and not _is_first_person(tokens, index, rules)


def _is_joined(low: str, rules: Grammar, before: Cue | None) -> bool:
    """Whether a participle shares the auxiliary of the one before ("a affirmé ... et salué")."""
    return (
        before is not None
        and Form.PARTICIPLE in before.forms
        and (low == "," or rules.lexicon.is_a(low, "coordinators"))
    )


def _is_first_person(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether a form that is a noun as well ("anuncio") has its place as a verb."""
    if index == 0:
        return True
    previous, lex = tokens[index - 1], rules.lexicon
    return (
        previous.kind is not WORD
        or lex.is_a(previous.low, "pronouns")
        or lex.is_a(previous.low, "relatives")
        or lex.is_a(previous.low, "object_pronouns")
    )


def _english_forms(
    tokens: Sequence[Token],
    index: int,
    words: Sequence[Token],
    word: CueWord,
    rules: Grammar,
    before: Cue | None,
) -> frozenset[Form]:
    lex = rules.lexicon
    if lex.has_a(words, "passives"):
        return frozenset({Form.PAST} if word.forms == {Form.GERUND} else ())
    if _is_reduced(tokens, index, words, word, rules):
        return frozenset()
    if lex.has_a(words, "modals"):
        if lex.is_a(tokens[index].low, "hiding"):
            return frozenset({Form.PAST})  # "did not hide that"
        return frozenset({Form.INFINITIVE} if Form.PLURAL in word.forms else ())
    forms = word.forms - {Form.PARTICIPLE}
    previous = tokens[index - 1] if index else None
    if (
        Form.PLURAL in forms
        and not words
        and (previous is None or lex.is_a(previous.low, "conjunctions"))
    ):
        joined = before is not None and Form.PLURAL in before.forms
        forms = frozenset({Form.PLURAL}) if joined else forms - {Form.PLURAL}
    if lex.is_a(tokens[index].low, "nouns") and not _is_verb_here(tokens, index, forms, rules):
        return frozenset()
    return forms


def _is_reduced(
    tokens: Sequence[Token],
    index: int,
    words: Sequence[Token],
    word: CueWord,
    rules: Grammar,
) -> bool:
    """Whether a participle only describes ("a fact first reported by Roy")."""
    after = tokens[index + 1].low if index + 1 < len(tokens) else ""
    if index > 1 and tokens[index - 1].capital and tokens[index - 2].kind is QUOTE:
        return False  # "“We wait,” Roy said by phone"
    return (
        Form.PARTICIPLE in word.forms
        and rules.lexicon.is_a(after, "agents")
        and all(rules.lexicon.is_adverb(token.low) for token in words)
    )


def _is_verb_here(
    tokens: Sequence[Token], index: int, forms: frozenset[Form], rules: Grammar
) -> bool:
    """Whether an English form that is a noun too ("reports", "claim") is the verb here."""
    lex = rules.lexicon
    if index == 0:
        return False
    previous = tokens[index - 1]
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if previous.kind is QUOTE or following is None:
        return previous.capital or previous.kind is QUOTE
    if following.kind is QUOTE or lex.is_a(previous.low, "pronouns"):
        return True
    if following.kind is PUNCTUATION:
        parted = index > 1 and following.low == tokens[index - 2].low == ","
        return previous.capital and (parted or following.low in {":", "."})
    if lex.is_a(previous.low, "prepositions") or previous.kind is NUMBER:
        return False
    if lex.is_a(previous.low, "conjunctions") and Form.PAST not in forms:
        return False
    base = Form.PLURAL in forms and Form.PAST not in forms
    plural = previous.low.endswith("s") and not previous.low.endswith(_SINGULAR_ENDINGS)
    if base and not (previous.capital or plural or lex.is_adverb(previous.low)):
        return False
    return (
        lex.is_a(following.low, "distant_complementisers")
        or (lex.is_a(following.low, "pronouns") and not lex.is_a(following.low, "relatives"))
        or lex.is_a(following.low, "determiners")
        or following.capital
    )


def _is_object_pronoun(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether the word before a French or Spanish verb is its object, not an article."""
    lex = rules.lexicon
    if index < 2 or not lex.is_a(tokens[index - 1].low, "object_pronouns"):
        return False
    if lex.is_a(tokens[index - 1].low, "addressed"):
        return not lex.is_a(tokens[index].low, "noun_verbs")
    endings = tuple(lex.words["preterite_endings"])
    if endings and tokens[index].low.endswith(endings):
        return True
    earlier = tokens[index - 2].low
    return lex.is_a(earlier, "pronouns") or lex.is_a(earlier, "relatives")
