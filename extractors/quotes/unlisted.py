"""Attributions whose verb is in no list, told by their place after a quotation.

What follows “We will wait,” before the sentence ends or its circumstances begin is who said it
and how ("an angry Roy retaliated", "s'emporte Roy", "ironizó el ministro"), whatever the verb.
"""

from extractors.actors.lexicon import OTHER, PRONOUN, Mention
from extractors.quotes.cue import LEFT, RIGHT, Cue, Side
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase
from extractors.quotes.lexicon import SINGULAR, VOICE
from extractors.quotes.preceding import phrase_before
from extractors.quotes.subjects import clitic, source_of
from extractors.quotes.tokens import QUOTE, WORD, Token, Tokens

_REACH = 12  # tokens from a quotation to the verb after it
_FRAMES = frozenset({VOICE})
_FORMS = frozenset({SINGULAR})
_SHORTEST = 4  # letters of a verb
_ENDING = frozenset({".", ",", "?", "!", "…", ";"})


def unlisted_cue(tokens: Tokens, at: int, rules: Grammar) -> Cue | None:
    """The attribution that begins at token *at*, right after a quotation; None if none does."""
    if at >= len(tokens) or tokens[at].kind is not WORD:
        return None
    if rules.lexicon.fixed_order:
        return _subject_first(tokens, at, rules) or _verb_first(tokens, at, rules)
    return _with_clitic(tokens, at, rules) or _verb_first(tokens, at, rules)


def _subject_first(tokens: Tokens, at: int, rules: Grammar) -> Cue | None:
    """The subject and then its verb ("an angry Roy retaliated")."""
    for index in range(at + 1, min(len(tokens), at + _REACH)):
        token = tokens[index]
        if token.kind is not WORD:
            return None
        if not (_may_be_verb(token, rules) and _is_closed(tokens, index + 1, rules)):
            continue
        last = index - 1
        while last > at and rules.lexicon.is_adverb(tokens[last].low):
            last -= 1
        phrase = phrase_before(tokens, last, rules)
        if phrase and _begins(tokens, at, phrase, rules) and _may_say(tokens, phrase, index, rules):
            return _cue(tokens, index, index + 1, LEFT, phrase.mention, (at, index + 1))
    return None


def _begins(tokens: Tokens, at: int, phrase: Phrase, rules: Grammar) -> bool:
    """Whether the subject begins at *at*, with an article and what describes it or without."""
    if phrase.first == at:
        return True
    described = tokens[at].low in rules.lexicon.determiners
    return described and all(token.kind is WORD for token in tokens[at : phrase.first])


def _may_say(tokens: Tokens, phrase: Phrase, verb: int, rules: Grammar) -> bool:
    """Whether the subject is somebody; something may speak where the sentence ends with it."""
    if phrase.mention.kind is not OTHER:
        return True
    ended = verb + 1 == len(tokens) or tokens[verb + 1].low == "."
    return ended and tokens[phrase.first].low in rules.openers


def _verb_first(tokens: Tokens, at: int, rules: Grammar) -> Cue | None:
    """The verb and then its subject ("s'emporte Roy", "a ironisé le ministre")."""
    lex, verb = rules.lexicon, at
    while verb < len(tokens) - 1 and (
        tokens[verb].low in lex.reflexive_pronouns or tokens[verb].low in lex.auxiliaries
    ):
        verb += 1
    if not _may_be_verb(tokens[verb], rules, joined=verb > at):
        return None
    phrase = phrase_after(tokens, verb + 1, rules)
    if phrase is None or phrase.mention.kind is PRONOUN:
        return None
    thing = phrase.mention.kind is OTHER
    if thing and tokens[verb + 1].low not in rules.people.definite:
        return None
    if not _is_closed(tokens, phrase.last, rules):
        return None
    return _cue(tokens, at, verb + 1, RIGHT, phrase.mention, (at, phrase.last))


def _with_clitic(tokens: Tokens, at: int, rules: Grammar) -> Cue | None:
    """French: a verb with its subject tied to it ("ironise-t-il", "s'est-elle emportée")."""
    lex = rules.lexicon
    for index in range(at + 1, min(len(tokens), at + 4)):
        before = tokens[index - 1]
        if before.kind is not WORD:
            return None
        if tokens[index].low not in rules.clitics:
            continue
        last = index + 1
        if before.low in lex.modals:
            return None
        if before.low in lex.auxiliaries:
            while last < len(tokens) and lex.is_adverb(tokens[last].low):
                last += 1
            last += 1
        if last > len(tokens):
            return None
        source = source_of(tokens, last, tokens[index], rules)
        if source:
            return _cue(tokens, at, last, RIGHT, source.mention, (at, source.last))
        return _cue(tokens, at, last, RIGHT, clitic(tokens, index), (at, last))
    return None


def _may_be_verb(token: Token, rules: Grammar, *, joined: bool = False) -> bool:
    """Whether a word has the look of a verb in the third person; *joined* to an auxiliary, any."""
    low, lex = token.low, rules.lexicon
    if token.kind is not WORD or token.capital or len(low) < _SHORTEST:
        return False
    if low in rules.roles or lex.is_adverb(low):
        return False
    if low in rules.no_unlisted:
        return False
    return joined or low in lex.cues or low.endswith(lex.verb_endings)


def _is_closed(tokens: Tokens, at: int, rules: Grammar) -> bool:
    """Whether the sentence ends at *at* or goes on with the circumstances."""
    if at >= len(tokens) or tokens[at].low in _ENDING or tokens[at].kind is QUOTE:
        return True
    low, lex = tokens[at].low, rules.lexicon
    return low in rules.prepositions or low in lex.days or lex.is_adverb(low)


def _cue(
    tokens: Tokens,
    first: int,
    last: int,
    side: Side,
    mention: Mention,
    edges: tuple[int, int],
) -> Cue:
    return Cue(
        first=first,
        last=last,
        begin=edges[0],
        end=edges[1],
        span=tokens.span(first, last),
        frames=_FRAMES,
        forms=_FORMS,
        side=side,
        mention=mention,
    )
