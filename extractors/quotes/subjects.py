"""Who a cue is tied to: its subject, by position, commas and inversion."""

from dataclasses import replace

from extractors.actors.lexicon import OTHER, PRONOUN, Mention
from extractors.quotes.cue import LEFT, RIGHT, Cue
from extractors.quotes.following import noun_after, phrase_after
from extractors.quotes.grammar import Grammar, Phrase
from extractors.quotes.lexicon import CLAUSAL, INFINITIVE, NOUN, PARTICIPLE, SINGULAR, TELL
from extractors.quotes.preceding import (
    before_commas,
    described_before,
    is_adverbial,
    phrase_before,
)
from extractors.quotes.sharing import absolute, shared
from extractors.quotes.tokens import NUMBER, QUOTE, WORD, Token, Tokens
from extractors.types import Span

_PARTING = frozenset({",", "—", "–"})
_INFINITIVE = frozenset({"to"})
_ENDING = frozenset({",", "."})
_LONGEST_RELATIVE = 20  # tokens from "who" to the verb of the main clause
_INVERTING = frozenset({",", "-", "–", "—", "--", "(", ":", "»"})


def with_subject(tokens: Tokens, cue: Cue, rules: Grammar, before: Cue | None) -> Cue | None:
    """*cue* with its subject; None where a verb has none and so can be no report.

    *before* is the verb cue before it in the sentence, whose subject it may share.
    """
    if cue.impersonal:
        return cue
    tied = _with_clitic(tokens, cue, rules)
    if tied:
        return tied
    if cue.is_gerund or cue.forms == {INFINITIVE}:
        return absolute(tokens, cue, rules) or shared(tokens, cue, rules, before)
    if _may_invert(tokens, cue, rules):
        phrase = _inverted(tokens, cue, rules)
        if phrase and not (
            _is_object(tokens, cue, phrase, rules) or _opens_clause(tokens, cue, phrase, rules)
        ):
            return cue.tied(RIGHT, phrase.mention, end=phrase.last)
    if cue.begin == 0:
        return cue if rules.lexicon.elided_subject else None
    if tokens[cue.begin - 1].low in rules.lexicon.no_subjects:
        return None
    return _with_subject_before(tokens, cue, rules, before)


def _opens_clause(tokens: Tokens, cue: Cue, phrase: Phrase, rules: Grammar) -> bool:
    """Whether what follows ", said" is the subject of what is said, as its verb shows."""
    if not rules.lexicon.fixed_order or cue.begin == 0 or phrase.last >= len(tokens):
        return False
    low = tokens[phrase.last].low
    return low not in _INFINITIVE and (
        low in rules.lexicon.modals or low in rules.lexicon.auxiliaries
    )


def _named_in_marks(tokens: Tokens, cue: Cue, rules: Grammar) -> Cue:
    """A cue with a subject whose name stands in marks before it ('el diario "El Día" indica')."""
    last = cue.begin - 2
    if last < 0 or tokens[last].kind is not WORD or not cue.frames & CLAUSAL:
        return cue
    phrase = phrase_before(tokens, last, rules)
    if phrase is None or tokens[phrase.first].low not in rules.lexicon.determiners:
        return cue
    return cue.tied(LEFT, phrase.mention, begin=phrase.first)


def _with_subject_before(
    tokens: Tokens, cue: Cue, rules: Grammar, before: Cue | None
) -> Cue | None:
    lex = rules.lexicon
    previous = tokens[cue.begin - 1]
    if previous.kind is QUOTE:
        return _named_in_marks(tokens, cue, rules)
    if previous.low in _PARTING:
        return _after_comma(tokens, cue, rules, before)
    if previous.low in lex.relatives:
        return _of_antecedent(tokens, cue, rules)
    if previous.low == ":" or previous.low in lex.conjunctions:
        return shared(tokens, cue, rules, before)
    phrase = phrase_before(tokens, cue.begin - 1, rules)
    if phrase and (not is_adverbial(tokens, phrase, rules) or _is_quantity(tokens, phrase, rules)):
        if _is_adjective(tokens, cue, phrase, rules):
            return None
        phrase = described_before(tokens, phrase, rules) or phrase
        phrase = _before_relative(tokens, phrase, rules) or phrase
        return cue.tied(LEFT, phrase.mention, begin=phrase.first)
    after = _inverted(tokens, cue, rules) if not lex.fixed_order else None
    if after:
        return cue.tied(RIGHT, after.mention, end=after.last)
    return cue if lex.elided_subject else shared(tokens, cue, rules, before)


def _before_relative(tokens: Tokens, phrase: Phrase, rules: Grammar) -> Phrase | None:
    """English: whom a clause without commas describes ("an aide who had left the room said")."""
    lex = rules.lexicon
    first = tokens[phrase.first]
    if phrase.mention.kind is not OTHER or not lex.fixed_order:
        return None
    if first.capital or first.low in rules.openers:
        return None
    for index in range(phrase.last - 1, max(0, phrase.last - _LONGEST_RELATIVE), -1):
        if not tokens[index].is_word:
            return None
        if tokens[index].low not in lex.personal_relatives:
            continue
        low = tokens[index + 1].low
        verb = low in rules.verbal or low.endswith("ed")
        return phrase_before(tokens, index - 1, rules) if verb else None
    return None


def _is_quantity(tokens: Tokens, phrase: Phrase, rules: Grammar) -> bool:
    """Whether a phrase that begins like an adverbial counts people ("about half of them")."""
    second = tokens[phrase.first + 1] if phrase.first + 1 < phrase.last else None
    return (
        second is not None
        and tokens[phrase.first].low in rules.lexicon.approximators
        and (second.kind is NUMBER or second.low in rules.lexicon.quantities)
    )


def _after_comma(tokens: Tokens, cue: Cue, rules: Grammar, before: Cue | None) -> Cue | None:
    """A cue after a comma: the subject stands before what the commas hold, or is left out."""
    elided = rules.lexicon.elided_subject
    if elided and (cue.last >= len(tokens) or tokens[cue.last].low in _ENDING):
        return cue
    phrase = before_commas(tokens, cue.begin - 1, rules)
    if phrase:
        return cue.tied(LEFT, phrase.mention, begin=phrase.first)
    return cue if elided else shared(tokens, cue, rules, before) or cue


def _is_adjective(tokens: Tokens, cue: Cue, phrase: Phrase, rules: Grammar) -> bool:
    """Whether a form that is a participle too ("un plafond dit « libre »") describes a thing."""
    if rules.lexicon.fixed_order or phrase.mention.kind is not OTHER:
        return False
    if cue.last < len(tokens) and tokens[cue.last].low in rules.lexicon.complementisers:
        return False
    return {SINGULAR, PARTICIPLE} <= cue.forms


def _with_clitic(tokens: Tokens, cue: Cue, rules: Grammar) -> Cue | None:
    """French: the subject tied to the verb by a hyphen ("a-t-il dit", "dit-elle")."""
    if not rules.clitics:
        return None
    for index in range(cue.begin, min(cue.last + 1, len(tokens))):
        if tokens[index].low not in rules.clitics:
            continue
        source = source_of(tokens, max(cue.last, index + 1), tokens[index], rules)
        own = clitic(tokens, index)
        cue.span = Span(cue.span.start, max(cue.span.end, own.span.end))
        if source:
            return cue.tied(RIGHT, source.mention, end=source.last)
        return cue.tied(RIGHT, own, end=max(cue.end, index + 1))
    return None


def clitic(tokens: Tokens, index: int) -> Mention:
    """French: the pronoun of a clitic without what ties it to the verb ("il" of "-t-il")."""
    low, whole = tokens[index].low, tokens.span(index, index + 1)
    pronoun = Span(whole.start + low.rfind("-") + 1, whole.end)
    return Mention(pronoun, pronoun, PRONOUN, low)


def source_of(tokens: Tokens, at: int, clitic: Token, rules: Grammar) -> Phrase | None:
    """French: who stands behind "one" ("a-t-on indiqué à la présidence")."""
    lex = rules.lexicon
    if clitic.low not in lex.indefinite_clitics:
        return None
    while at < len(tokens) and (tokens[at].low in lex.days or lex.is_adverb(tokens[at].low)):
        at += 1
    if at >= len(tokens) or tokens[at].low not in lex.source_prepositions:
        return None
    while at < len(tokens) and tokens[at].low in lex.source_prepositions:
        at += 1
    phrase = phrase_after(tokens, at, rules) or noun_after(tokens, at, rules)
    if phrase is None or phrase.mention.kind is PRONOUN:
        return None
    return phrase


def _may_invert(tokens: Tokens, cue: Cue, rules: Grammar) -> bool:
    """Whether the subject may follow its verb: after a quotation, a comma, "as", at the start."""
    lex = rules.lexicon
    if TELL in cue.frames and lex.fixed_order:
        return False
    if cue.begin == 0:
        return True
    previous = tokens[cue.begin - 1]
    return previous.kind is QUOTE or previous.low in _INVERTING or previous.low in lex.inverting


def _inverted(tokens: Tokens, cue: Cue, rules: Grammar) -> Phrase | None:
    """The subject after its verb, words of time and place between left out."""
    index = _past_time(tokens, cue.last, rules)
    phrase = phrase_after(tokens, index, rules)
    if phrase or rules.lexicon.fixed_order:
        return phrase
    for _ in range(3):
        index = _past_time(tokens, _past_place(tokens, index, rules), rules)
        taken = tokens[index - 1].low in rules.lexicon.turns
        if taken and tokens[index : index + 1] and tokens[index].low == ",":
            index += 1  # "dijo por su parte, Ann Roy"
        phrase = phrase_after(tokens, index, rules)
        if phrase and _may_speak(tokens, phrase, rules):
            return phrase
    return None


def _may_speak(tokens: Tokens, phrase: Phrase, rules: Grammar) -> bool:
    """Whether a noun phrase past words of place has the look of a subject."""
    first = tokens[phrase.first]
    return (
        phrase.mention.kind is not OTHER or first.capital or first.low in rules.lexicon.determiners
    )


def _past_time(tokens: Tokens, index: int, rules: Grammar) -> int:
    lex, first = rules.lexicon, index
    while index < len(tokens):
        low = tokens[index].low
        if (
            low in lex.days
            or tokens[index].kind is NUMBER
            or (low in lex.time_nouns and tokens[index - 1].kind is NUMBER)
            or (
                lex.is_adverb(low)
                and low not in lex.determiners
                and low not in lex.pronouns
                and not (low in lex.prepositions and lex.fixed_order)
            )
        ):
            index += 1
        elif (
            low in lex.determiners and index + 1 < len(tokens) and tokens[index + 1].low in lex.days
        ):
            index += 2
        elif low == "," and index + 1 < len(tokens) and tokens[index + 1].low in lex.days:
            index += 2
            if index < len(tokens) and tokens[index].low == ",":
                index += 1
        elif low == "," and _is_aside(tokens, index, rules):
            index += 3
        elif low == "," and index > first and rules.is_name(tokens, index + 1):
            return index + 1
        else:
            break
    return index


def _is_aside(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether one word between commas says how somebody spoke (", agacé, ")."""
    if rules.lexicon.fixed_order or index + 2 >= len(tokens) or tokens[index + 2].low != ",":
        return False
    word = tokens[index + 1]
    return word.kind is WORD and not word.capital


def _past_place(tokens: Tokens, index: int, rules: Grammar) -> int:
    """Past one prepositional phrase ("a EFE", "en rueda de prensa")."""
    lex = rules.lexicon
    if index >= len(tokens) or tokens[index].low not in lex.prepositions:
        return index
    index += 1
    if index < len(tokens) and tokens[index].low in lex.determiners:
        index += 1
    if not rules.is_name(tokens, index):
        return _past_adjective(tokens, min(index + 1, len(tokens)), rules)
    index += 1
    if tokens[index - 1].low in lex.audiences:
        return index
    while rules.is_name(tokens, index) and tokens[index].low not in rules.first_names:
        index += 1
    return index


def _past_adjective(tokens: Tokens, index: int, rules: Grammar) -> int:
    """Past what describes the place, where a name follows ("la presse britannique M. Roy")."""
    if index + 1 >= len(tokens) or tokens[index].kind is not WORD or tokens[index].capital:
        return index
    low, lex = tokens[index].low, rules.lexicon
    if low in rules.openers or low in rules.closed or lex.is_adverb(low):
        return index
    named = rules.is_title(tokens, index + 1) or rules.is_name(tokens, index + 1)
    return index + 1 if named else index


def _is_object(tokens: Tokens, cue: Cue, phrase: Phrase, rules: Grammar) -> bool:
    """Whether what follows ", said" begins a clause or object, and is not the one who said it.

    "Roy, who was there, said the union expected more": the subject stands before the commas.
    """
    lex = rules.lexicon
    if not cue.begin or tokens[cue.begin - 1].low not in _PARTING:
        return False
    articled = tokens[phrase.first].low in rules.people.definite
    if cue.sure and articled and phrase.first == cue.last and not lex.fixed_order:
        return False  # ", dijo el estadounidense"
    left = before_commas(tokens, cue.begin - 1, rules)
    if left is None:
        return False
    mocked = lex.fixed_order and cue.frames == {NOUN}  # ", who was there, mocked Roy"
    thing = phrase.mention.kind is OTHER and left.mention.kind is not OTHER
    if mocked or thing or phrase.last >= len(tokens):
        return mocked or thing
    if not lex.fixed_order:
        parted = phrase.first > cue.last and left.mention.kind is not OTHER
        return parted and tokens[phrase.last].low in lex.distant_complementisers
    following = tokens[phrase.last]
    if following.low in lex.distant_complementisers:
        return True  # ", said on Fox News that"
    return following.kind is WORD and not (
        following.low in lex.prepositions
        or following.low in lex.relatives
        or following.low in lex.days
    )


def _of_antecedent(tokens: Tokens, cue: Cue, rules: Grammar) -> Cue:
    """A cue in a relative clause, tied to what the clause is about."""
    index = cue.begin - 2
    if index >= 0 and tokens[index].low == ",":
        index -= 1
    phrase = phrase_before(tokens, index, rules)
    if phrase is None or tokens[index].low in rules.lexicon.not_antecedents:
        return cue
    mention = _nearest_noun(tokens, phrase, rules)
    if rules.lexicon.relative_mentions:
        mention = replace(mention, span=tokens.span(cue.begin - 1, cue.begin))
    return cue.tied(LEFT, mention, begin=cue.begin - 1)


def _nearest_noun(tokens: Tokens, phrase: Phrase, rules: Grammar) -> Mention:
    """What a relative clause is about: the last noun ("scrutiny from Republicans who say")."""
    if phrase.mention.kind is not OTHER:
        return phrase.mention
    for index in range(phrase.last - 2, phrase.first, -1):
        if tokens[index].low in rules.lexicon.prepositions:
            inner = tokens.part(index + 1, phrase.last)
            nearest = phrase_before(inner, len(inner) - 1, rules)
            return nearest.mention if nearest else phrase.mention
    return phrase.mention
