"""Reporting cues in a sentence, each with the words that it is tied to."""

from collections.abc import Sequence

from extractors.actors.lexicon import NAME, OTHER, PRONOUN
from extractors.quotes.cue import RIGHT, Cue
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase
from extractors.quotes.impersonal import is_impersonal
from extractors.quotes.lexicon import FUTURE, INFINITIVE, PLURAL, SINGULAR, SOURCE, CueWord
from extractors.quotes.preceding import phrase_before
from extractors.quotes.subjects import with_subject
from extractors.quotes.tokens import QUOTE, WORD, Tokens, has_a, notables
from extractors.quotes.verbs import possible_forms, verb_group

_PRESENT = frozenset({SINGULAR, PLURAL})
_FEWEST_TITLED, _TITLED, _SHORT_WORD = 4, 0.9, 3
_FUTURE = frozenset({FUTURE})
_UNREAL = frozenset({INFINITIVE, FUTURE})


def find_cues(tokens: Tokens, rules: Grammar) -> list[Cue]:
    """The cues of a sentence, in order."""
    return cues_among(tokens, notables(tokens), rules)


def cues_among(tokens: Tokens, notable: Sequence[int], rules: Grammar) -> list[Cue]:
    """The cues of a sentence, in order; *notable* are the tokens of it that are."""
    cues: list[Cue] = []
    before: Cue | None = None
    free = 0  # where the last cue ends
    followers = rules.lexicon.followers
    for index in [at for at in notable if tokens[at].may_cue]:
        token = tokens[index]
        low = token.low
        if index < free:
            continue
        if low in followers and not _goes_on(tokens, index, followers[low]):
            continue
        if token.capital and _is_in_name(tokens, index, rules):
            continue
        found = _cue_at(tokens, index, rules, before)
        if found is None:
            continue
        cues.append(found)
        if not found.is_source or (before is None and found.begin <= 1):
            before = found
        free = found.last
    return cues


def _goes_on(tokens: Tokens, index: int, followers: frozenset[str]) -> bool:
    """Whether one of the words follows with which a cue of several may go on."""
    return index + 1 < len(tokens) and tokens[index + 1].low in followers


def _is_title_case(tokens: Tokens) -> bool:
    """Whether nearly all words have a capital, as in a headline."""
    words = [token for token in tokens if token.kind is WORD and len(token.low) > _SHORT_WORD]
    capitals = sum(token.capital for token in words)
    return len(words) >= _FEWEST_TITLED and capitals >= _TITLED * len(words)


def _is_in_name(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether its capital makes a verb's form part of a name ("the Declare Group")."""
    if index == 0 or tokens[index - 1].kind is not WORD:
        return False
    if len(tokens[index].low) <= _SHORT_WORD:
        return True
    return not (rules.lexicon.fixed_order and _is_title_case(tokens))


def _cue_at(tokens: Tokens, index: int, rules: Grammar, before: Cue | None) -> Cue | None:
    match = _matching(tokens, index, rules)
    if match is None:
        return None
    word, last = match
    if not word.frames:
        return None  # a phrase that only begins like a report ("relève du")
    if SOURCE in word.frames:
        return _source(tokens, index, last, word, rules)
    group = verb_group(tokens, index, word, rules)
    forms = possible_forms(tokens, index, group, word, rules, before)
    if not forms:
        return None
    first = group.first if group.auxiliary and not rules.lexicon.fixed_order else index
    cue = Cue(
        first=index,
        last=last,
        begin=group.first,
        end=last,
        span=tokens.span(first, last),
        frames=word.frames,
        forms=forms,
        factual=group.factual and not forms & _UNREAL,
        impersonal=is_impersonal(tokens, group.first, index, word, rules),
        foretold=group.factual and forms == _FUTURE,
        commits=tokens[index].low in rules.lexicon.commits,
        sure=tokens[index].low in rules.lexicon.sure,
    )
    return with_subject(tokens, cue, rules, before)


def _matching(tokens: Tokens, index: int, rules: Grammar) -> tuple[CueWord, int] | None:
    """The longest cue that begins at *index*, and where it ends."""
    following = tokens[index + 1].low if index + 1 < len(tokens) else ""
    for word in rules.lexicon.cues[tokens[index].low]:
        if not word.rest:
            return word, index + 1
        end = index + 1 + len(word.rest)
        if word.rest[0] == following and _stand_at(tokens, index + 1, word.rest):
            return word, end
    return None


def _stand_at(tokens: Tokens, index: int, words: tuple[str, ...]) -> bool:
    return tuple([token.low for token in tokens[index : index + len(words)]]) == words


def _source(tokens: Tokens, index: int, last: int, word: CueWord, rules: Grammar) -> Cue | None:
    """A phrase such as "according to", with the noun that it takes."""
    mention, end = None, last
    if not word.own:
        if _is_verb_next(tokens, last, rules):
            return None
        phrase = _noun_of_source(tokens, index, last, rules)
        if phrase is None or not _may_speak(tokens, index, phrase, word, rules):
            return None
        mention, end = phrase.mention, _past_possession(tokens, phrase.last, rules)
    return Cue(
        first=index,
        last=last,
        begin=index,
        end=end,
        span=tokens.span(index, last),
        frames=word.frames,
        forms=word.forms,
        side=RIGHT,
        mention=mention,
        quoted_only=word.quoted_only,
    )


def _past_possession(tokens: Tokens, index: int, rules: Grammar) -> int:
    """Past what the noun of a source phrase owns ("according to Roy's memo")."""
    if index >= len(tokens) or tokens[index].low not in rules.lexicon.possessives:
        return index
    while index < len(tokens) and tokens[index].is_word and not rules.is_verb(tokens[index]):
        index += 1
    return index


def _noun_of_source(tokens: Tokens, index: int, last: int, rules: Grammar) -> Phrase | None:
    """The noun after a source phrase; before it where a relative pronoun follows ("selon qui")."""
    if last < len(tokens) and tokens[last].low in rules.lexicon.relatives:
        before = index - 2 if index and tokens[index - 1].low == "," else index - 1
        phrase = phrase_before(tokens, before, rules)
        return Phrase(phrase.mention, index, last + 1) if phrase else None
    return phrase_after(tokens, last, rules)


def _is_verb_next(tokens: Tokens, index: int, rules: Grammar) -> bool:
    """Whether "según" and the like introduce a clause ("según dijo Roy"), not a noun."""
    lex = rules.lexicon
    while index < len(tokens) and tokens[index].low in lex.object_pronouns:
        index += 1
    if index >= len(tokens) or lex.fixed_order:
        return False
    if tokens[index].low in lex.auxiliaries:
        return True
    return not tokens[index].capital and any(
        word.forms & _PRESENT and not word.rest for word in lex.cues.get(tokens[index].low, ())
    )


def _is_quote(tokens: Tokens, index: int) -> bool:
    return index < len(tokens) and tokens[index].kind is QUOTE


def _may_speak(tokens: Tokens, index: int, phrase: Phrase, word: CueWord, rules: Grammar) -> bool:
    """Whether the noun of a source phrase is somebody ("selon Roy"), not something."""
    kind = phrase.mention.kind
    if word.quoted_only:
        if tokens[phrase.last - 1].low in rules.lexicon.relatives:
            return True
        closed = phrase.last < len(tokens) and tokens[phrase.last].low == ","
        if kind is PRONOUN:  # "Pour elle, « ... »"
            return index == 0 and closed and _is_quote(tokens, phrase.last + 1)
        inserted = kind is NAME and index > 0 and tokens[index - 1].low == ","
        return closed and (index == 0 or inserted)
    words = tokens[phrase.first : phrase.last]
    return kind is not OTHER or not has_a(words[:3], rules.lexicon.not_sources)
