"""The names of a document, as its sentences bring them, with the roles beside them."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.entities import NameMention
from extractors.actors.lexicon import Mention, MentionKind
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar
from extractors.quotes.tokens import Kind, Token
from extractors.quotes.units import Unit
from extractors.types import Span

_REACH = 24  # tokens from a role to the name beside it


def find_names(units: Sequence[Unit], rules: Grammar) -> list[NameMention]:
    """All names outside quotations, in the order of the text."""
    inner = _capitals_inside(units, rules)
    return [
        item
        for number, unit in enumerate(units)
        for item in _in_unit(number, unit, rules)
        if item.speaks
        or not (item.opens and item.mention.words == 1)
        or unit.tokens[0].low in inner
    ]


def _capitals_inside(units: Sequence[Unit], rules: Grammar) -> set[str]:
    """Words that are written with a capital where nothing but a name would have one."""
    return {
        token.low
        for unit in units
        for index, token in enumerate(unit.tokens)
        if index
        and token.capital
        and unit.tokens[index - 1].kind is Kind.WORD
        and rules.is_name(unit.tokens, index)
    }


def _in_unit(number: int, unit: Unit, rules: Grammar) -> list[NameMention]:
    speakers = {cue.mention.named: cue.mention for cue in unit.cues if cue.mention}
    names: list[NameMention] = []
    tokens = unit.tokens
    index = 0
    while index < len(tokens):
        phrase = None
        if not _may_begin(tokens, index, rules):
            index += 1
            continue
        if rules.is_name(tokens, index) or tokens[index].low in rules.people.roles:
            phrase = phrase_after(tokens, _role_start(tokens, index, rules), rules)
        if phrase is None or phrase.mention.kind is not MentionKind.NAME:
            index += 1
            continue
        names.append(_noted(number, tokens, index, phrase.mention, speakers, rules))
        index = _past(tokens, index, phrase.mention.named.end)
    return names


def _may_begin(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether a name may begin here: a capital, or a role with a capital not far behind it."""
    token = tokens[index]
    return token.capital or (
        token.low in rules.people.roles and any(t.capital for t in tokens[index : index + _REACH])
    )


def _noted(
    number: int,
    tokens: Sequence[Token],
    index: int,
    mention: Mention,
    speakers: dict[Span, Mention],
    rules: Grammar,
) -> NameMention:
    speaking = speakers.get(mention.named)
    before = tokens[index - 1].low if index else ""
    opens = _opens(tokens, index, rules)
    if speaking and speaking.role and not mention.role:
        mention = replace(mention, role=speaking.role)
    return NameMention(
        mention,
        number,
        subject=speaking is not None or opens,
        articled=rules.lexicon.is_a(before, "determiners"),
        speaks=speaking is not None,
        placed=rules.lexicon.is_a(before, "places"),
        opens=opens and tokens[index].start == mention.named.start,
    )


def _role_start(tokens: Sequence[Token], index: int, rules: Grammar) -> int:
    """Where the phrase of a role noun begins: at an article a few words before."""
    if tokens[index].low not in rules.people.roles:
        return index
    for start in range(index - 1, max(-1, index - 4), -1):
        low = tokens[start].low
        if rules.lexicon.is_a(low, "determiners"):
            return start
        if tokens[start].kind is not Kind.WORD or rules.is_preposition(low):
            break
    return index


def _opens(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    if index == 1 and rules.lexicon.is_a(tokens[0].low, "viewpoints"):
        return True  # "For Ann Roy, it is late."
    return all(
        token.kind is not Kind.WORD or rules.lexicon.is_a(token.low, "conjunctions")
        for token in tokens[:index]
    )


def _past(tokens: Sequence[Token], index: int, end: int) -> int:
    index += 1
    while index < len(tokens) and tokens[index].start < end:
        index += 1
    return index
