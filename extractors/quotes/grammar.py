"""What a word can be in its place: a name, a title, a verb, a word of time."""

from dataclasses import dataclass
from functools import cache

from extractors.actors.lexicon import NAME, OTHER, PRONOUN, ROLE, ActorWords, Mention, actor_words
from extractors.quotes.joined_classes import JoinedClasses, joined_classes
from extractors.quotes.lexicon import Lexicon, lexicon
from extractors.quotes.tokens import WORD, Token, Tokens
from extractors.types import Span

_LONGEST_BODY = 6  # tokens of a body's name to the word that says it is one


@dataclass(slots=True)
class Phrase:
    """A mention and the tokens ``[first, last)`` that it takes up, appositions included.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    mention: Mention
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Grammar(JoinedClasses):
    """All that is known of a language's words."""

    lexicon: Lexicon
    people: ActorWords

    def is_name(self, tokens: Tokens, index: int) -> bool:
        """Whether the token may be part of a name."""
        if not 0 <= index < len(tokens):
            return False
        token = tokens[index]
        if token.is_name:
            return True
        if not token.capital or token.kind is not WORD:
            return False
        low, lex = token.low, self.lexicon
        if low in self.no_names and not (len(low) == 1 and token.is_dotted):
            body = low in self.people.demonyms and self._opens_body(tokens, index)
            return body or self._is_given(tokens, index)
        if index and tokens[index - 1].is_word:
            return True
        return not (
            low in self.in_no_name
            or lex.is_adverb(low)
            or ((low in lex.cues or lex.is_participle(low)) and not self.is_name(tokens, index + 1))
        )

    def _is_given(self, tokens: Tokens, index: int) -> bool:
        """Whether a month's word is a person's name ("Julio Paz", "Theresa May")."""
        before = tokens[index - 1] if index else None
        if before and before.capital and before.low in self.first_names:
            return True
        if tokens[index].low not in self.first_names or index + 1 >= len(tokens):
            return False
        after = tokens[index + 1]
        return after.capital and after.low not in self.no_names

    def _opens_body(self, tokens: Tokens, index: int) -> bool:
        """Whether a word for a country's people begins a body's name ("Canadian Chamber of")."""
        for token in tokens[index + 1 : index + _LONGEST_BODY]:
            if token.capital and token.low in self.people.bodies:
                return True
            if not token.capital and token.low not in self.particles:
                return False
        return False

    def is_title(self, tokens: Tokens, index: int) -> bool:
        """Whether the token is a title before a name."""
        if tokens[index].low not in self.people.titles:
            return False
        return self.is_name(tokens, index + 1) or (
            index + 2 < len(tokens)
            and tokens[index + 1].low in self.people.titles
            and self.is_name(tokens, index + 2)
        )

    def is_verb(self, token: Token) -> bool:
        """Whether a word can hardly be part of a subject, being a verb."""
        lex = self.lexicon
        if token.low in lex.finite:
            return token.low not in lex.noun_links
        return not token.capital and token.low in self.verbs

    def is_time(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` only say when ("this week", "ayer")."""
        lex = self.lexicon
        for token in tokens[first : min(last, first + 4)]:
            if token.low in lex.time_nouns and not token.capital:
                return True
        for index in range(first, last):
            token = tokens[index]
            if token.low in lex.days or token.low in lex.no_subjects:
                continue
            if not lex.is_adverb(token.low) or (token.capital and index):
                return False
        return True

    def has_role(self, tokens: Tokens, first: int, last: int) -> bool:
        """Whether a role noun is among the tokens ``[first, last)``."""
        return not self.roles.isdisjoint([token.low for token in tokens[first:last]])

    def run_end(self, tokens: Tokens, start: int) -> int:
        """Where a name that begins at *start* ends, particles within it included."""
        end = start + 1
        while end < len(tokens):
            token = tokens[end]
            if token.is_name or (token.capital and self.is_name(tokens, end)):
                end += 1
                continue
            if token.low not in self.particles:
                break
            step = self._particles(tokens, end)
            if not step or (step == 1 and self._is_complete(tokens, start, end)):
                break
            end += step + 1
        return end

    def _is_complete(self, tokens: Tokens, start: int, end: int) -> bool:
        """English: whether a person's name ends before "of" ("Ann Roy of Ottawa")."""
        titled = start > 0 and tokens[start - 1].low in self.people.titles
        return (
            self.lexicon.fixed_order
            and end - start > 1
            and (titled or tokens[start].low in self.first_names)
            and tokens[end].low in self.prepositions
        )

    def _particles(self, tokens: Tokens, index: int) -> int:
        """How many particles stand at *index* before more of the name."""
        if tokens[index].low not in self.particles:
            return 0
        if self.is_name(tokens, index + 1):
            return 1
        both = index + 1 < len(tokens) and tokens[index + 1].low in self.particles
        return 2 if both and self.is_name(tokens, index + 2) else 0

    def run_start(self, tokens: Tokens, last: int, first: int) -> int:
        """Where a name that ends with token *last* begins, not before *first*."""
        start = last
        while start > first:
            if self.is_name(tokens, start - 1):
                start -= 1
                continue
            step = next(
                (
                    count
                    for count in (1, 2)
                    if start - count - 1 >= first
                    and self.is_name(tokens, start - count - 1)
                    and self._particles(tokens, start - count) == count
                ),
                0,
            )
            if not step:
                break
            start -= step + 1
        return start

    def person_in_run(self, tokens: Tokens, first: int, last: int) -> int:
        """Where a person's name begins in a run of capitals ("Press Secretary Ann Roy")."""
        if last - first > 1 and not self.lexicon.fixed_order:
            first += tokens[first].low in self.lexicon.audiences  # "dijo a EFE Roy"
        if last - first == 1:
            return first
        people, lows = self.people, [token.low for token in tokens[first:last]]
        titled = self._after_title(tokens, first, last)
        if titled is not None:
            return titled
        called = not self.first_names.isdisjoint(lows[1:])
        if not (called or people.bodies.isdisjoint(lows)):
            return first
        for index in range(last - 2, first - 1, -1):
            if tokens[index].low in self.roles and self.is_name(tokens, index + 1):
                return index + 1
        if lows[0] in self.first_names:
            return first
        for index in range(first + 1, last - 1) if called else ():
            if tokens[index].low in self.first_names:
                return index
        if lows[0] in people.fields and last - first > 2:
            return first + 1 if self.is_name(tokens, first + 1) else first
        return first

    def _after_title(self, tokens: Tokens, first: int, last: int) -> int | None:
        """Where a name begins after a title inside a run ("Appeals Court Judge Ann Roy")."""
        people = self.people
        for index in range(last - 2, first, -1):
            if tokens[index].low in people.titles:
                rest = tokens[index + 1 : last]
                named = not any(t.low in people.bodies or t.low in self.roles for t in rest)
                known = tokens[index].is_dotted or len(rest) > 1
                return index + 1 if named and known else None
        return None


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a supported language."""
    lex, people = lexicon(lang), actor_words(lang)
    return Grammar(**joined_classes(lex, people), lexicon=lex, people=people)


def pronoun(tokens: Tokens, index: int) -> Phrase:
    """A pronoun as a phrase."""
    span = tokens.span(index, index + 1)
    return Phrase(Mention(span, span, PRONOUN, tokens[index].low), index, index + 1)


def name(tokens: Tokens, first: int, last: int, role: Span | None) -> Mention:
    """The tokens ``[first, last)`` as a name, with the role beside it."""
    starts, final = tokens.starts, last - 1
    span = Span(starts[first], starts[final] + tokens[final].length)
    return Mention(span, span, NAME, "", role, last - first)


def role_and_name(tokens: Tokens, first: int, last: int, role: Span) -> Mention:
    """A role and the name in apposition to it, as one mention ("the minister, Ann Roy")."""
    core = tokens.span(first, last)
    return Mention(Span(role.start, core.end), core, NAME, "", role, last - first)


def nominal(tokens: Tokens, first: int, last: int, rules: Grammar) -> Mention:
    """A mention without a person's name: a role where its head is one, else something other."""
    head = ""
    for index, token in enumerate(tokens[first:last], first):
        low = token.low
        if low not in rules.noun_marks:
            continue
        if low in rules.people.demonyms and rules.is_name(tokens, index):
            continue  # "the Republican Party of Wyoming"
        if low in rules.roles:
            head = low
            if not rules.lexicon.fixed_order:
                break
        elif low in rules.lexicon.prepositions:
            if head or rules.lexicon.fixed_order:
                break
            if not rules.lexicon.fixed_order and index > first + 1:
                break
    kind = ROLE if head else OTHER
    span = tokens.span(first, last)
    return Mention(span, span, kind, head, None, last - first)
