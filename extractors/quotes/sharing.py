"""Subjects that stand away from their verb: shared with another, or the sentence's first."""

from extractors.actors.lexicon import NAME, Mention
from extractors.quotes.cue import LEFT, SHARED, Cue
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase, pronoun
from extractors.quotes.lexicon import GERUND
from extractors.quotes.preceding import opens_with_verb, phrase_before
from extractors.quotes.tokens import NUMBER, WORD, Tokens

_MAIN_CLAUSE = 30  # tokens after a gerund at the start of its sentence
_QUANTIFIED = 2  # tokens before a noun of time ("the two days")
_ABSOLUTE = 12  # tokens from "with" to the gerund that it governs


def absolute(tokens: Tokens, cue: Cue, rules: Grammar) -> Cue | None:
    """A gerund with a subject of its own ("with analysts saying that")."""
    for index in range(cue.begin - 2, max(-1, cue.begin - _ABSOLUTE), -1):
        token = tokens[index]
        if token.kind is not WORD:
            return None
        if token.low not in rules.lexicon.absolute_prepositions:
            continue
        phrase = phrase_before(tokens.part(index + 1, cue.begin), cue.begin - index - 2, rules)
        if phrase is None or phrase.first > 0:
            return None
        return cue.tied(LEFT, phrase.mention, begin=index + 1)
    return None


def shared(tokens: Tokens, cue: Cue, rules: Grammar, before: Cue | None) -> Cue | None:
    """A cue whose subject is that of the verb before it ("met them and said", "adding")."""
    mention = _beside_gerund(tokens, cue, rules)
    if mention is None and before and tokens[before.begin].low not in rules.lexicon.relatives:
        mention = before.mention
    if mention is None:
        phrase = first_subject(tokens, cue.begin, rules)
        mention = phrase.mention if phrase else before.mention if before else None
    if mention is None and rules.lexicon.fixed_order and cue.begin <= 1:
        mention = _named_later(tokens, cue, rules)
    if mention:
        return cue.tied(SHARED, mention)
    return cue if rules.lexicon.elided_subject else None


def _named_later(tokens: Tokens, cue: Cue, rules: Grammar) -> Mention | None:
    """The subject of the main clause after a gerund's ("Noting that it is late, Roy left")."""
    for index in range(cue.last, min(len(tokens), cue.last + _MAIN_CLAUSE)):
        if tokens[index].low == ",":
            phrase = phrase_after(tokens, index + 1, rules)
            if index + 1 < len(tokens) and tokens[index + 1].low in rules.lexicon.pronouns:
                phrase = pronoun(tokens, index + 1)
            return phrase.mention if phrase else None
    return None


def _beside_gerund(tokens: Tokens, cue: Cue, rules: Grammar) -> Mention | None:
    """The name that a gerund follows without a comma ("du président Roy jugeant que")."""
    if GERUND not in cue.forms or not cue.begin:
        return None
    previous = tokens[cue.begin - 1]
    if previous.kind is not WORD or (
        previous.low in rules.lexicon.conjunctions or previous.low in rules.prepositions
    ):
        return None
    phrase = phrase_before(tokens, cue.begin - 1, rules)
    return phrase.mention if phrase and phrase.mention.kind is NAME else None


def first_subject(tokens: Tokens, last: int, rules: Grammar) -> Phrase | None:
    """The sentence's first noun phrase before token *last* that is no adverbial."""
    index = place_of_subject(tokens, last, rules)
    if index is None:
        return None
    if tokens[index].low in rules.bare_pronouns:
        return pronoun(tokens, index)
    return phrase_after(tokens, index, rules)


def place_of_subject(tokens: Tokens, last: int, rules: Grammar) -> int | None:
    """Where the first noun phrase before token *last* that is no adverbial may begin."""
    lex = rules.lexicon
    index = 0
    if lex.fixed_order and tokens[0].low in lex.fronting:
        commas = [at for at in range(last - 1) if tokens[at].low == ","]
        index = commas[0] + 1 if commas else 1
    while index < last:
        token = tokens[index]
        low = token.low
        opens = index == 0 and (opens_with_verb(tokens, 0, rules) or _says_when(tokens, rules))
        if opens or low in rules.prepositions:
            while index < last and tokens[index].low != ",":
                index += 1
            index += 1
        elif not token.is_word or _is_lead(low, rules):
            index += 1
        elif low in lex.cues and lex.elided_subject and low not in rules.bare_pronouns:
            return None
        else:
            return index
    return None


def _says_when(tokens: Tokens, rules: Grammar) -> bool:
    """Whether a sentence begins with words of time ("Two days earlier, Roy left")."""
    lex, at = rules.lexicon, 0
    while (
        at < _QUANTIFIED
        and at + 1 < len(tokens)
        and (tokens[at].kind is NUMBER or tokens[at].low in lex.determiners)
    ):
        at += 1
    return tokens[at].low in lex.time_nouns or tokens[at].low in lex.days


def _is_lead(low: str, rules: Grammar) -> bool:
    lex = rules.lexicon
    return low not in lex.determiners and (
        low in lex.conjunctions or low in lex.days or lex.is_adverb(low)
    )
