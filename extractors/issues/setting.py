"""A sentence with all that can take part in a position: clauses, stance words, holders, quotes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from extractors.issues.cues import Cue, Form, Lexicon, find_cues
from extractors.issues.holders import Holder
from extractors.issues.mentions import Named
from extractors.types import Quote, QuoteKind, Span, Stance


@dataclass(slots=True)
class Setting:
    """One sentence as it was read; no value changes.

    ``users`` are those whose names are a part of a matter's ("U.S. steel tariffs"), ``holders``
    the others; ``sides`` are the speakers of its ``quotes`` with a known side; ``before`` is who
    was in focus in the sentence before it, ``person`` the last person who was, ``titled`` the
    same where a title can mean nobody else, ``scene`` the side on whose ground it is.
    """

    folded: str
    sentence: Span
    clauses: tuple[Span, ...]
    cues: tuple[Cue, ...]
    named: tuple[Named, ...]
    holders: tuple[Holder, ...]
    users: tuple[Holder, ...]
    sides: tuple[Holder | None, ...]
    quotes: tuple[Quote, ...]
    before: Holder | None
    person: Holder | None
    titled: Holder | None
    scene: str | None
    words: Lexicon

    def clause_of(self, place: int) -> int:
        """The number of the clause that holds *place*."""
        for number, clause in enumerate(self.clauses):
            if place < clause.end:
                return number
        return len(self.clauses) - 1

    def lead_in(self, place: int, reach: int = 30) -> str:
        """The folded words before *place*, within its sentence."""
        return self.folded[max(self.sentence.start, place - reach) : place]

    def is_passive(self, cue: Cue) -> bool:
        """Whether *cue* is a verb in the passive: its subject is the matter, not the holder."""
        if cue.form in (Form.NOUN, Form.STATE, Form.PREDICATE, Form.DUTY):
            return False
        if self.words.progressive.match(self.folded, cue.span.start):
            return False
        if self.words.by_after.match(self.folded, cue.span.end) and self._is_behind_matter(cue):
            return True  # "tariffs imposed by"
        return bool(self.words.passive_before.search(self.lead_in(cue.span.start)))

    def experiencer_of(self, cue: Cue) -> Holder | None:
        """Whom a matter worries: the one right behind the word ("has rattled Mexico")."""
        if cue.stance is not Stance.CONCERN or cue.form not in (Form.VERB, Form.PREDICATE):
            return None
        clause = self.clauses[self.clause_of(cue.span.start)]
        for holder in self.holders:
            if clause.start <= holder.span.start < cue.span.start:
                return None
            if holder.span.start >= cue.span.end:
                right = self.words.experiencer_before.fullmatch(
                    self.folded, cue.span.end, holder.span.start
                )
                return holder if right else None
        return None

    def _is_behind_matter(self, cue: Cue) -> bool:
        """Whether a matter stands right before *cue*, with a word between at most."""
        ends = [n.span.end for n in self.named if n.span.end <= cue.span.start]
        return bool(ends) and len(self.folded[max(ends) : cue.span.start].split()) <= 1

    def quoted_at(self, span: Span) -> Span | None:
        """The words in quotation marks that hold *span*, or None."""
        verbatim = (q for q in self.quotes if q.kind is not QuoteKind.INDIRECT)
        return next((s for q in verbatim for s in q.spans if s.covers(span)), None)

    def speaker_at(self, span: Span) -> Holder | None:
        """Who says the quote that holds *span*, where his side is known."""
        for quote, side in zip(self.quotes, self.sides, strict=True):
            if side is not None and any(s.covers(span) for s in quote.spans):
                return side
        return None

    def reporter_at(self, span: Span) -> tuple[bool, Holder | None]:
        """Whether *span* is the reporting word or content of a quote with a speaker, and who."""
        for quote, side in zip(self.quotes, self.sides, strict=True):
            places = [*quote.spans, *([quote.cue] if quote.cue else [])]
            if quote.speaker is not None and any(place.overlaps(span) for place in places):
                return True, side
        return False, None


def setting_of(
    folded: str,
    sentence: Span,
    named: Sequence[Named],
    holders: Sequence[Holder],
    quotes: Sequence[tuple[Quote, Holder | None]],
    focus: tuple[Holder | None, Holder | None, Holder | None],
    scene: str | None,
    words: Lexicon,
) -> Setting:
    """Look at one sentence: its clauses and stance words, and who and what it names.

    *quotes* are those that it holds a part of, each with its speaker where the side is known;
    *focus* is who was in focus in the sentences before it: of all, of the people, and the one
    person whom a title can mean.
    """
    places = [n.span for n in named]
    cues = [
        cue
        for cue in find_cues(folded, sentence, words)
        if not any(_takes(place, cue.span) for place in places)
    ]
    users = [
        h
        for h in holders
        if any(p.covers(h.span) and not words.trade_after.match(folded, p.end) for p in places)
    ]
    others = [h for h in holders if h not in users] if users else list(holders)
    joint = list(_joint(folded, sentence, words, holders))
    if joint:
        others = sorted([*others, *joint], key=lambda holder: holder.span.start)
    return Setting(
        folded=folded,
        sentence=sentence,
        clauses=tuple(_clauses(folded, sentence, words)),
        cues=tuple(cues),
        named=tuple(named),
        sides=tuple(side for _, side in quotes),
        holders=tuple(others),
        users=tuple(users),
        quotes=tuple(quote for quote, _ in quotes),
        before=focus[0],
        person=focus[1],
        titled=focus[2],
        scene=scene,
        words=words,
    )


def _takes(matter: Span, cue: Span) -> bool:
    """Whether the words of a stance are a matter's; a longer one may hold it ("retaliate for")."""
    if cue.start >= matter.end or matter.start >= cue.end:
        return False
    return not cue.covers(matter) or cue == matter


def _joint(
    folded: str, sentence: Span, words: Lexicon, holders: Sequence[Holder]
) -> Iterator[Holder]:
    """Those who act together ("the two sides"), who are no side."""
    for match in words.joint.finditer(folded, sentence.start, sentence.end):
        span = Span(*match.span())
        if not any(h.span.start < span.end and span.start <= h.span.end + 1 for h in holders):
            yield Holder(span, None, None)


def _clauses(folded: str, sentence: Span, words: Lexicon) -> Iterator[Span]:
    start = sentence.start
    for match in words.clause_break.finditer(folded, sentence.start, sentence.end):
        if match.start() > start:
            yield Span(start, match.start())
            start = match.start()
    yield Span(start, sentence.end)
