"""The names of a document, as its sentences bring them, with the roles beside them."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.entities import NameMention
from extractors.actors.lexicon import Mention, MentionKind
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase
from extractors.quotes.sharing import first_subject
from extractors.quotes.tokens import WORD, Token
from extractors.quotes.units import Unit
from extractors.types import Span

_REACH = 24  # tokens from a role to the name beside it
_TOP = 2  # paragraphs in which a headline may stand
_SHORT, _TITLED = 3, 5  # letters of a word that has a capital in a headline only; such words
_OFFICE = 5  # tokens from an article to the noun of its role


def find_names(units: Sequence[Unit], rules: Grammar) -> list[NameMention]:
    """All names outside quotations, in the order of the text."""
    inner = _capitals_inside(units, rules)
    small = {t.low for unit in units for t in unit.tokens if not t.capital and t.kind is WORD}
    return [
        item
        for number, unit in enumerate(units)
        if not _is_headline(unit)
        for item in _in_unit(number, unit, rules, small)
        if item.speaks
        or not (item.opens and item.mention.words == 1)
        or unit.tokens[0].low in inner
    ]


def find_offices(units: Sequence[Unit], rules: Grammar) -> list[tuple[Mention, int]]:
    """The roles that open a sentence in place of a name ("the minister"), each with its unit."""
    found: list[tuple[Mention, int]] = []
    for number, unit in enumerate(units):
        phrase = _office(unit.tokens, rules)
        if phrase and phrase.mention.kind is MentionKind.ROLE:
            found.append((phrase.mention, number))
    return found


def _office(tokens: Sequence[Token], rules: Grammar) -> Phrase | None:
    lex, index = rules.lexicon, 0
    while index < len(tokens) and (tokens[index].low == "," or lex.is_a(tokens[index].low, "days")):
        index += 1
    if index + 1 >= len(tokens) or tokens[index].low not in rules.people.definite:
        return None
    if not any(t.low in rules.people.roles for t in tokens[index + 1 : index + _OFFICE]):
        return None
    return phrase_after(tokens, index, rules)


def _capitals_inside(units: Sequence[Unit], rules: Grammar) -> set[str]:
    """Words that are written with a capital where nothing but a name would have one."""
    return {
        token.low
        for unit in units
        for index, token in enumerate(unit.tokens)
        if token.capital
        and index
        and unit.tokens[index - 1].kind is WORD
        and rules.is_name(unit.tokens, index)
    }


def _in_unit(
    number: int, unit: Unit, rules: Grammar, small: frozenset[str] | set[str]
) -> list[NameMention]:
    speakers = {cue.mention.named: cue.mention for cue in unit.cues if cue.mention}
    names: list[NameMention] = []
    tokens = unit.tokens
    roles = rules.people.roles
    places = [i for i, token in enumerate(tokens) if token.capital or token.low in roles]
    subject: Span | None = None
    after = 0  # where the last name ends
    for index in places:
        token = tokens[index]
        if token.start < after or not _may_begin(tokens, index, rules):
            continue
        if _is_chance(tokens, index, rules, small):
            continue
        if token.low not in roles and not rules.is_name(tokens, index):
            continue
        phrase = phrase_after(tokens, _role_start(tokens, index, rules), rules)
        if phrase is None or phrase.mention.kind is not MentionKind.NAME:
            continue
        if not names:
            subject = _subject(tokens, rules)
        names.append(_noted(number, tokens, index, phrase.mention, speakers, subject, rules))
        after = phrase.mention.named.end
    return names


def _subject(tokens: Sequence[Token], rules: Grammar) -> Span | None:
    """The name that is the sentence's first subject, past what says when, where and how."""
    if len(tokens) < 2:
        return None
    phrase = first_subject(tokens, len(tokens), rules)
    return phrase.mention.named if phrase and phrase.mention.kind is MentionKind.NAME else None


def _may_begin(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether a name may begin here: a capital, or a role with a capital not far behind it."""
    token = tokens[index]
    return token.capital or (
        token.low in rules.people.roles and any(t.capital for t in tokens[index : index + _REACH])
    )


def _is_headline(unit: Unit) -> bool:
    """Whether a sentence at the top is written with capitals throughout, which tell no name."""
    if unit.paragraph >= _TOP:
        return False
    long = [t for t in unit.tokens if t.end - t.start > _SHORT and t.kind is WORD]
    return len(long) >= _TITLED and sum(t.capital for t in long) > 0.85 * len(long)


def _is_chance(
    tokens: Sequence[Token], index: int, rules: Grammar, small: frozenset[str] | set[str]
) -> bool:
    """Whether a word has its capital only as the sentence's first ("See Roy", "Besides Roy").

    So it is where more of a name follows and the text writes the word small elsewhere.
    """
    first = tokens[index]
    opens = index == 0 or tokens[index - 1].kind is not WORD
    chance = first.low in small or first.low in rules.verbs
    if not opens or not chance or first.low in rules.people.first_names:
        return False
    return first.low not in rules.people.roles and rules.is_name(tokens, index + 1)


def _noted(
    number: int,
    tokens: Sequence[Token],
    index: int,
    mention: Mention,
    speakers: dict[Span, Mention],
    subject: Span | None,
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
        subject=speaking is not None or opens or mention.named == subject,
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
        if tokens[start].kind is not WORD or rules.is_preposition(low):
            break
    return index


def _opens(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    if index == 1 and rules.lexicon.is_a(tokens[0].low, "viewpoints"):
        return True  # "For Ann Roy, it is late."
    return all(
        token.kind is not WORD or rules.lexicon.is_a(token.low, "conjunctions")
        for token in tokens[:index]
    )
