"""What a word can be in its place: a name, a title, a verb, a word of time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from extractors.actors.lexicon import ActorWords, Mention, MentionKind, actor_words
from extractors.quotes.lexicon import Form, Lexicon, lexicon
from extractors.quotes.tokens import NUMBER, WORD, Token
from extractors.types import Span

_FINITE = frozenset({Form.SINGULAR, Form.PLURAL})
_LONGEST_BODY = 6  # tokens of a body's name to the word that says it is one
_PAST = frozenset({Form.PAST})
_BEFORE_PHRASES = (
    "pronouns",
    "subordinators",
    "complementisers",
    "conjunctions",
    "modals",
    "auxiliaries",
)
_AFTER_PHRASES = ("relatives", "complementisers", "auxiliaries")


@dataclass(slots=True)
class Phrase:
    """A mention and the tokens ``[first, last)`` that it takes up, appositions included.

    No value changes; it is not frozen because that doubles the cost of making one.
    """

    mention: Mention
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Grammar:
    """All that is known of a language's words."""

    lexicon: Lexicon
    people: ActorWords
    no_names: frozenset[str]  # words that a capital makes no name
    verbs: frozenset[str]  # forms of cues that are verbs wherever they stand
    prepositions: frozenset[str]  # those that are no article ("des" may be either)
    links: frozenset[str]  # what ties a noun to the one before ("of", "de la")
    before_phrases: frozenset[str]  # small words with which no noun phrase begins
    after_phrases: frozenset[str]  # small words that are part of none but as the first

    def is_name(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether the token may be part of a name."""
        if not 0 <= index < len(tokens):
            return False
        token = tokens[index]
        if not token.capital or token.kind is not WORD:
            return False
        low, lex = token.low, self.lexicon
        if low in self.no_names and not (len(low) == 1 and token.is_dotted):
            body = low in self.people.demonyms and self._opens_body(tokens, index)
            return body or self._is_given(tokens, index)
        if index and is_word(tokens[index - 1]):
            return True
        return not (
            low in self.people.roles
            or lex.is_a(low, "conjunctions")
            or lex.is_a(low, "subordinators")
            or lex.is_adverb(low)
            or ((low in lex.cues or lex.is_participle(low)) and not self.is_name(tokens, index + 1))
        )

    def _is_given(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a month's word is a person's name ("Julio Paz", "Theresa May")."""
        before, after = tokens[max(0, index - 1) : index], tokens[index + 1 : index + 2]
        if before and before[0].capital and before[0].low in self.people.first_names:
            return True
        named = bool(after) and after[0].capital and after[0].low not in self.no_names
        return named and tokens[index].low in self.people.first_names

    def _opens_body(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether a word for a country's people begins a body's name ("Canadian Chamber of")."""
        for token in tokens[index + 1 : index + _LONGEST_BODY]:
            if token.capital and token.low in self.people.bodies:
                return True
            if not token.capital and not self._is_particle(token.low):
                return False
        return False

    def is_title(self, tokens: Sequence[Token], index: int) -> bool:
        """Whether the token is a title before a name."""
        if tokens[index].low not in self.people.titles:
            return False
        return self.is_name(tokens, index + 1) or (
            index + 2 < len(tokens)
            and tokens[index + 1].low in self.people.titles
            and self.is_name(tokens, index + 2)
        )

    def opens_phrase(self, low: str) -> bool:
        """Whether a lower-case word can begin a noun phrase by itself."""
        return self.lexicon.is_a(low, "determiners") or low in self.people.roles

    def is_verb(self, token: Token) -> bool:
        """Whether a word can hardly be part of a subject, being a verb."""
        lex = self.lexicon
        if lex.is_a(token.low, "finite"):
            return not lex.is_a(token.low, "noun_links")
        return not token.capital and token.low in self.verbs

    def is_link(self, low: str) -> bool:
        """Whether a word ties a noun to the one before ("of", "de la")."""
        return low in self.links

    def is_preposition(self, low: str) -> bool:
        """Whether a word is a preposition and no article ("des" may be either)."""
        return low in self.prepositions

    def is_time(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether the tokens ``[first, last)`` only say when ("this week", "ayer")."""
        lex = self.lexicon
        words = tokens[first:last]
        return any(
            lex.is_a(token.low, "time_nouns") and not token.capital for token in words[:4]
        ) or all(
            lex.is_a(token.low, "days")
            or lex.is_a(token.low, "no_subjects")
            or (lex.is_adverb(token.low) and (not token.capital or index == 0))
            for index, token in enumerate(words, first)
        )

    def has_role(self, tokens: Sequence[Token], first: int, last: int) -> bool:
        """Whether a role noun is among the tokens ``[first, last)``."""
        return any(token.low in self.people.roles for token in tokens[first:last])

    def run_end(self, tokens: Sequence[Token], start: int) -> int:
        """Where a name that begins at *start* ends, particles within it included."""
        end = start + 1
        while end < len(tokens):
            if self.is_name(tokens, end):
                end += 1
                continue
            step = self._particles(tokens, end)
            if not step or (step == 1 and self._is_complete(tokens, start, end)):
                break
            end += step + 1
        return end

    def _is_complete(self, tokens: Sequence[Token], start: int, end: int) -> bool:
        """English: whether a person's name ends before "of" ("Ann Roy of Ottawa")."""
        titled = start > 0 and tokens[start - 1].low in self.people.titles
        return (
            self.lexicon.fixed_order
            and end - start > 1
            and (titled or tokens[start].low in self.people.first_names)
            and self.is_preposition(tokens[end].low)
        )

    def _is_particle(self, low: str) -> bool:
        return low in self.people.particles and not self.lexicon.is_a(low, "coordinators")

    def _particles(self, tokens: Sequence[Token], index: int) -> int:
        """How many particles stand at *index* before more of the name."""
        if index >= len(tokens) or not self._is_particle(tokens[index].low):
            return 0
        for count in (1, 2):
            words = tokens[index : index + count]
            if (
                len(words) == count
                and all(self._is_particle(w.low) for w in words)
                and self.is_name(tokens, index + count)
            ):
                return count
        return 0

    def run_start(self, tokens: Sequence[Token], last: int, first: int) -> int:
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

    def person_in_run(self, tokens: Sequence[Token], first: int, last: int) -> int:
        """Where a person's name begins in a run of capitals ("Press Secretary Ann Roy")."""
        told = not self.lexicon.fixed_order and self.lexicon.is_a(tokens[first].low, "audiences")
        if told and last - first > 1:
            first += 1  # "dijo a EFE Roy"
        if last - first == 1:
            return first
        people = self.people
        titled = self._after_title(tokens, first, last)
        if titled is not None:
            return titled
        if any(tokens[index].low in people.bodies for index in range(first, last)) and not any(
            tokens[index].low in people.first_names for index in range(first + 1, last)
        ):
            return first
        for index in range(last - 2, first - 1, -1):
            if tokens[index].low in people.roles and self.is_name(tokens, index + 1):
                return index + 1
        if tokens[first].low in people.first_names:
            return first
        for index in range(first + 1, last - 1):
            if tokens[index].low in people.first_names:
                return index
        if tokens[first].low in people.fields and last - first > 2:
            return first + 1 if self.is_name(tokens, first + 1) else first
        return first

    def _after_title(self, tokens: Sequence[Token], first: int, last: int) -> int | None:
        """Where a name begins after a title inside a run ("Appeals Court Judge Ann Roy")."""
        people = self.people
        for index in range(last - 2, first, -1):
            if tokens[index].low in people.titles:
                rest = tokens[index + 1 : last]
                named = not any(t.low in people.bodies or t.low in people.roles for t in rest)
                known = tokens[index].is_dotted or len(rest) > 1
                return index + 1 if named and known else None
        return None


@cache
def grammar(lang: str) -> Grammar:
    """The grammar of a supported language."""
    lex, people = lexicon(lang), actor_words(lang)
    classes = ("days", "determiners", "prepositions", "pronouns")
    no_names = people.not_names.union(*(lex.words[kind] for kind in classes))
    articles = lex.words["determiners"]
    prepositions = lex.words["prepositions"] - articles
    return Grammar(
        lexicon=lex,
        people=people,
        no_names=no_names,
        verbs=_sure_verbs(lex),
        prepositions=prepositions,
        links=lex.words["noun_links"] | articles,
        before_phrases=prepositions.union(
            *(lex.words[kind] for kind in _BEFORE_PHRASES), lex.words["object_pronouns"] - articles
        ),
        after_phrases=frozenset().union(*(lex.words[kind] for kind in _AFTER_PHRASES)),
    )


def _sure_verbs(lex: Lexicon) -> frozenset[str]:
    forms = _PAST if lex.fixed_order else _FINITE
    return frozenset(
        low
        for low, words in lex.cues.items()
        if any(word.forms & forms and not word.rest for word in words)
        and not lex.is_a(low, "nouns")
    )


def is_word(token: Token) -> bool:
    """Whether a token is a word or number."""
    return token.kind is WORD or token.kind is NUMBER


def pronoun(tokens: Sequence[Token], index: int) -> Phrase:
    """A pronoun as a phrase."""
    token = tokens[index]
    mention = Mention(Span(token.start, token.end), MentionKind.PRONOUN, token.low)
    return Phrase(mention, index, index + 1)


def name(tokens: Sequence[Token], first: int, last: int, role: Span | None) -> Mention:
    """The tokens ``[first, last)`` as a name, with the role beside it."""
    span = Span(tokens[first].start, tokens[last - 1].end)
    return Mention(span, MentionKind.NAME, "", role, last - first)


def role_and_name(tokens: Sequence[Token], first: int, last: int, role: Span) -> Mention:
    """A role and the name in apposition to it, as one mention ("the minister, Ann Roy")."""
    core = Span(tokens[first].start, tokens[last - 1].end)
    return Mention(Span(role.start, core.end), MentionKind.NAME, "", role, last - first, core)


def nominal(tokens: Sequence[Token], first: int, last: int, rules: Grammar) -> Mention:
    """A mention without a person's name: a role where its head is one, else something other."""
    head = ""
    for index in range(first, last):
        low = tokens[index].low
        if low in rules.people.demonyms and rules.is_name(tokens, index):
            continue  # "the Republican Party of Wyoming"
        if low in rules.people.roles:
            head = low
            if not rules.lexicon.fixed_order:
                break
        elif rules.lexicon.is_a(low, "prepositions"):
            if head or rules.lexicon.fixed_order:
                break
            if not rules.lexicon.fixed_order and index > first + 1:
                break
    kind = MentionKind.ROLE if head else MentionKind.OTHER
    span = Span(tokens[first].start, tokens[last - 1].end)
    return Mention(span, kind, head, None, last - first)
