"""The names of a document, as its sentences bring them, with the roles beside them."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.entities import NameMention
from extractors.actors.lexicon import NAME, ROLE, Mention
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase
from extractors.quotes.sharing import place_of_subject
from extractors.quotes.tokens import WORD, Tokens, has_a
from extractors.quotes.units import Unit
from extractors.types import Span

_REACH = 24  # tokens from a role to the name beside it
_TOP = 2  # paragraphs in which a headline may stand
_SHORT, _TITLED = 3, 5  # letters of a word that has a capital in a headline only; such words
_OFFICE = 5  # tokens from an article to the noun of its role


def find_names(units: Sequence[Unit], rules: Grammar) -> list[NameMention]:
    """All names outside quotations, in the order of the text."""
    writing = Writing(units, rules)
    return [
        item
        for number, unit in enumerate(units)
        if not _is_headline(unit)
        for item in _in_unit(number, unit, rules, writing)
        if item.speaks
        or not (item.opens and item.mention.words == 1)
        or writing.has_name(unit.tokens[0].low)
    ]


class Writing:
    """How a document writes its words: small, or with a capital where only a name has one."""

    def __init__(self, units: Sequence[Unit], rules: Grammar) -> None:
        self._units = units
        self._rules = rules
        self._small: set[str] | None = None
        self._names: set[str] | None = None

    def has_small(self, low: str) -> bool:
        """Whether a word stands somewhere without a capital."""
        if self._small is None:
            self._small = {
                token.low for unit in self._units for token in unit.tokens if not token.capital
            }
        return low in self._small

    def has_name(self, low: str) -> bool:
        """Whether a word is part of a name after another word."""
        if self._names is None:
            self._names = {
                token.low
                for unit in self._units
                for index in unit.notable
                if (token := unit.tokens[index]).capital
                and index
                and unit.tokens[index - 1].kind is WORD
                and (token.is_name or self._rules.is_name(unit.tokens, index))
            }
        return low in self._names


def find_offices(units: Sequence[Unit], rules: Grammar) -> list[tuple[Mention, int]]:
    """The roles that open a sentence in place of a name ("the minister"), each with its unit."""
    found: list[tuple[Mention, int]] = []
    for number, unit in enumerate(units):
        phrase = _office(unit.tokens, rules)
        if phrase and phrase.mention.kind is ROLE:
            found.append((phrase.mention, number))
    return found


def _office(tokens: Tokens, rules: Grammar) -> Phrase | None:
    lex, index = rules.lexicon, 0
    while index < len(tokens) and (tokens[index].low == "," or tokens[index].low in lex.days):
        index += 1
    if index + 1 >= len(tokens) or tokens[index].low not in rules.people.definite:
        return None
    if not has_a(tokens[index + 1 : index + _OFFICE], rules.roles):
        return None
    return phrase_after(tokens, index, rules)


def _in_unit(number: int, unit: Unit, rules: Grammar, writing: Writing) -> list[NameMention]:
    tokens, starts, roles = unit.tokens, unit.tokens.starts, rules.roles
    sentence: _Sentence | None = None
    names: list[NameMention] = []
    after = 0  # where the last name ends
    for index in unit.notable:
        token = tokens[index]
        first = index
        if token.low in roles:
            if starts[index] < after or not (token.capital or _has_capital(tokens, index)):
                continue
            first = _role_start(tokens, index, rules)
        elif (
            not token.capital
            or starts[index] < after
            or not (token.is_name or rules.is_name(tokens, index))
            or _is_chance(tokens, index, rules, writing)
        ):
            continue
        sentence = sentence or _Sentence(number, unit, rules)
        phrase = sentence.phrase_at(first)
        if phrase is None or phrase.mention.kind is not NAME:
            continue
        names.append(sentence.named(index, phrase.mention))
        after = phrase.mention.named.end
    return names


def _has_capital(tokens: Tokens, index: int) -> bool:
    """Whether a capital stands at *index* or not far behind it."""
    return any(token.capital for token in tokens[index : index + _REACH])


def _is_headline(unit: Unit) -> bool:
    """Whether a line at the top is written with capitals throughout, which tell no name."""
    if unit.paragraph >= _TOP or (unit.tokens and unit.tokens[-1].low == "."):
        return False
    long = [t for t in unit.tokens if t.length > _SHORT and t.kind is WORD]
    return len(long) >= _TITLED and sum(t.capital for t in long) > 0.85 * len(long)


def _is_chance(tokens: Tokens, index: int, rules: Grammar, writing: Writing) -> bool:
    """Whether a word has its capital only as the sentence's first ("See Roy", "Besides Roy").

    So it is where more of a name follows and the text writes the word small elsewhere.
    """
    low = tokens[index].low
    if index and tokens[index - 1].kind is WORD:
        return False
    if low in rules.first_names or not rules.is_name(tokens, index + 1):
        return False
    return low in rules.verbs or writing.has_small(low)


class _Sentence:
    """What the names of one sentence ask of it."""

    def __init__(self, number: int, unit: Unit, rules: Grammar) -> None:
        self._number = number
        self._tokens = unit.tokens
        self._rules = rules
        self._phrases: dict[int, Phrase | None] = {}
        self._speakers: dict[tuple[int, int], Mention] = {}
        for cue in unit.cues:
            if cue.mention:
                said = cue.mention.named
                self._speakers[said.start, said.end] = cue.mention
        self._lead: int | None = None  # where nobody has asked
        self._subject: Span | None = None
        self._has_subject: bool | None = None  # None where nobody has asked

    def phrase_at(self, index: int) -> Phrase | None:
        """The noun phrase that begins at *index*, read once."""
        if index not in self._phrases:
            self._phrases[index] = phrase_after(self._tokens, index, self._rules)
        return self._phrases[index]

    def named(self, index: int, mention: Mention) -> NameMention:
        """The name that was found at *index*, as the sentence has it."""
        tokens, lex, name = self._tokens, self._rules.lexicon, mention.named
        speaking = self._speakers.get((name.start, name.end))
        speaks = speaking is not None
        before = tokens[index - 1].low if index else ""
        if self._lead is None:
            self._lead = _past_lead(tokens, self._rules)
        opens = index <= self._lead
        if speaking and speaking.role and not mention.role:
            mention = replace(mention, role=speaking.role)
        subject = speaks or opens or self._is_subject(name)
        articled, placed = before in lex.determiners, before in lex.places
        opens = opens and tokens.starts[index] == name.start
        return NameMention(mention, self._number, subject, articled, speaks, placed, opens)

    def _is_subject(self, name: Span) -> bool:
        """Whether a name is the first subject, past what says when, where and how."""
        if self._has_subject is None:
            self._subject = self._first_subject()
            self._has_subject = self._subject is not None
        return self._has_subject and self._subject == name

    def _first_subject(self) -> Span | None:
        tokens, rules = self._tokens, self._rules
        place = place_of_subject(tokens, len(tokens), rules) if len(tokens) > 1 else None
        if place is None or tokens[place].low in rules.bare_pronouns:
            return None
        phrase = self.phrase_at(place)
        return phrase.mention.named if phrase and phrase.mention.kind is NAME else None


def _past_lead(tokens: Tokens, rules: Grammar) -> int:
    """The last place at which a name opens the sentence: only conjunctions are before it."""
    least = 1 if tokens[0].low in rules.lexicon.viewpoints else 0  # "For Ann Roy, it is late."
    for index, token in enumerate(tokens):
        if token.kind is WORD and token.low not in rules.lexicon.conjunctions:
            return max(index, least)
    return len(tokens)


def _role_start(tokens: Tokens, index: int, rules: Grammar) -> int:
    """Where the phrase of a role noun begins: at an article a few words before."""
    for start in range(index - 1, max(-1, index - 4), -1):
        low = tokens[start].low
        if low in rules.lexicon.determiners:
            return start
        if tokens[start].kind is not WORD or low in rules.prepositions:
            break
    return index
