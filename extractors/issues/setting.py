"""A sentence with all that can take part in a position: clauses, stance words, holders, quotes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from extractors.issues.cues import Cue, find_cues
from extractors.issues.focus import InFocus
from extractors.issues.holders import Holder
from extractors.issues.lexicon import Form, Lexicon
from extractors.issues.mentions import Named
from extractors.types import Quote, QuoteKind, Span, Stance

# A stance word that may hold a matter has at least so many characters.
_LONG = 12
# What is left of one that runs into a matter has more characters than this.
_SMALL = 4
# "(duty) of 25 % (imposed by)": the words between a matter and what is said to be done to it.
_RATE = 3
_COMMA = re.compile(r",[\"”»]?\s")
# A clause before the main one has at least so many words behind its conjunction.
_CLAUSE = 2
# "(scrap) its new (clause)": the words that stand at most between a verb and its object.
_DETERMINED = 2


@dataclass(slots=True)
class Setting:
    """One sentence as it was read; no value changes.

    ``users`` are those whose names are a part of a matter's ("U.S. steel tariffs"), ``holders``
    the others; ``sides`` are the speakers of its ``quotes`` with a known side; ``focus`` is who was
    in focus in the sentences before it, ``scene`` the side on whose ground it is, ``asked`` the
    ends of the words before what is only asked ("decide whether"). Who the ``subjects`` of its
    stance words are, and which holders are ``oblique``, is kept once asked. ``listed`` is the
    setting of the sentence that began the list with which this one goes on.
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
    focus: InFocus
    scene: str | None
    words: Lexicon
    asked: tuple[int, ...] = ()
    subjects: dict[tuple[int, int, Form], Holder | None] = field(default_factory=dict)
    oblique: dict[tuple[int, int], bool] = field(default_factory=dict)
    listed: "Setting | None" = None

    def clause_of(self, place: int) -> int:
        """The number of the clause that holds *place*."""
        for number, clause in enumerate(self.clauses):
            if place < clause.end:
                return number
        return len(self.clauses) - 1

    def lead_in(self, place: int, reach: int = 30) -> str:
        """The folded words before *place*, within its sentence."""
        return self.folded[max(self.sentence.start, place - reach) : place]

    def between(self, first: Span, second: Span) -> list[Holder]:
        """Those who are named behind *first* and before *second*."""
        start, end = first.end, second.start
        return [h for h in self.holders if start <= h.span.start and h.span.end <= end]

    def is_passive(self, cue: Cue) -> bool:
        """Whether *cue* is a verb in the passive: its subject is the matter, not the holder."""
        if cue.form in (Form.NOUN, Form.STATE, Form.PREDICATE, Form.DUTY):
            return False
        if self.words.progressive.match(self.folded, cue.span.start):
            return False
        if self.words.by_after.match(self.folded, cue.span.end) and (
            self._is_behind_matter(cue)
            or self.clauses[0].start == cue.span.start
            or self._is_behind_measure(cue)
        ):
            return True  # "tariffs imposed by", "Rejected by Ottawa, …"
        return bool(self.words.passive_before.search(self.lead_in(cue.span.start)))

    def experiencer_of(self, cue: Cue) -> Holder | None:
        """Whom a matter worries: the one right behind the word ("has rattled Mexico")."""
        if cue.stance is not Stance.CONCERN or cue.form not in (Form.VERB, Form.PREDICATE):
            return None
        clause = self.clauses[self.clause_of(cue.span.start)]
        opens = cue.span.start - clause.start <= 1 and self.words.inverts_subject
        matters = (clause.start <= n.span.start <= cue.span.start for n in self.named)
        if not opens and not any(matters):
            return None
        for holder in self.holders:
            if clause.start <= holder.span.start < cue.span.start:
                if self._is_owner(holder):
                    continue
                return None
            if holder.span.start >= cue.span.end:
                right = holder.span.start < clause.end and self.words.experiencer_before.fullmatch(
                    self.folded, cue.span.end, holder.span.start
                )
                return holder if right else None
        return None

    def _is_owner(self, holder: Holder) -> bool:
        """Whether something before is of *holder*: "la sortie des États-Unis"."""
        return self.words.genitive_before.search(self.lead_in(holder.span.start)) is not None

    def _is_behind_matter(self, cue: Cue) -> bool:
        """Whether a matter stands right before *cue*, with few words between."""
        if self.words.conjunction_before.search(self.lead_in(cue.span.start)):
            return False
        ends = [n.span.end for n in self.named if n.span.end <= cue.span.start]
        return bool(ends) and len(self.folded[max(ends) : cue.span.start].split()) <= _RATE

    def _is_behind_measure(self, cue: Cue) -> bool:
        """Whether a bare word for a measure stands before *cue*: "les droits [imposés] par"."""
        lead = self.lead_in(cue.span.start)
        words = list(self.words.measure_word.finditer(lead))
        return bool(words) and not lead[words[-1].end() :].strip()

    def has_relative(self, matter: Span) -> bool:
        """Whether a relative clause stands behind *matter*: "that Ottawa wants", "Ottawa wants"."""
        if self.words.relative.match(self.folded, matter.end):
            return True
        return self.words.bare_relatives and any(
            self.words.bare_before.fullmatch(self.folded, matter.end, holder.span.start)
            for holder in self.holders
            if holder.span.start >= matter.end and holder.party is not None
        )

    def is_evil(self, named: Named) -> bool:
        """Whether the words for a matter say that it is bad: "unfair trade practices"."""
        span = named.span
        return self.words.evil.search(self.folded, span.start, span.end) is not None

    def quoted_at(self, span: Span) -> Span | None:
        """The words in quotation marks that hold *span*, or None."""
        for quote in self.quotes:
            if quote.kind is not QuoteKind.INDIRECT:
                for words in quote.spans:
                    if words.covers(span):
                        return words
        return None

    def speaker_at(self, span: Span) -> Holder | None:
        """Who says the quote that holds *span*, where his side is known."""
        for quote, side in zip(self.quotes, self.sides, strict=True):
            if side is not None:
                for words in quote.spans:
                    if words.covers(span):
                        return side
        for quote, side in zip(self.quotes, self.sides, strict=True):
            if side is not None and self._is_around(quote, span):
                return side
        return None

    def is_told_as_fact(self, span: Span) -> bool:
        """Whether the reporting word for *span* only notes, confirms or explains."""
        return any(
            quote.cue is not None
            and self.words.factual.match(self.folded, quote.cue.start, quote.cue.end) is not None
            and (any(said.covers(span) for said in quote.spans) or self._is_around(quote, span))
            for quote in self.quotes
        )

    def is_told_by(self, cue: Span, span: Span) -> bool:
        """Whether a reporting word tells what holds *span*: "exige que …, y que …"."""
        return any(
            quote.kind is QuoteKind.INDIRECT
            and quote.cue is not None
            and quote.cue.overlaps(cue)
            and any(said.covers(span) for said in quote.spans)
            for quote in self.quotes
        )

    def _is_around(self, quote: Quote, span: Span) -> bool:
        """Whether *span* is in the clause that a mixed quote is a part of: "said that X “is”"."""
        cue = quote.cue
        if quote.kind is not QuoteKind.MIXED or cue is None or not self.sentence.covers(cue):
            return False
        opening = self.words.complementizer_inside.search(self.folded, cue.end, span.start)
        last = self.clauses[self.clause_of(quote.spans[-1].start)]
        return opening is not None and span.end <= last.end

    def reported_in(self, span: Span) -> Holder | None:
        """Who says what the reporting word in *span* tells: "growers in Ohio | said they fear"."""
        for quote, side in zip(self.quotes, self.sides, strict=True):
            if quote.cue is not None and span.covers(quote.cue):
                return side if side is not None and side.party is not None else None
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
    focus: InFocus,
    scene: str | None,
    words: Lexicon,
) -> Setting:
    """Look at one sentence: its clauses and stance words, and who and what it names.

    *quotes* are those that it holds a part of, each with its speaker where the side is known;
    *focus* is who was in focus in the sentences before it.
    """
    named = [matter for matter in named if not _is_done_to_another(matter, named, folded, words)]
    found = find_cues(folded, sentence, words)
    # "(duties), whose withdrawal Mexico demands": the weak word is no matter of its own.
    whose = [cue.span for cue in found if words.whose.match(folded, cue.span.start)]
    if whose:
        named = [n for n in named if not (n.weak and any(each.covers(n.span) for each in whose))]
    places = [n.span for n in named]
    cues = [
        cue
        for cue in (_up_to_matter(cue, named, folded, words) for cue in found)
        if not any(_takes(place, cue.span) for place in places)
    ]
    users = [
        h
        for h in holders
        if any(p.covers(h.span) and not is_of_people(p, folded, words) for p in places)
    ]
    others = [h for h in holders if h not in users] if users else list(holders)
    joint = list(_joint(folded, sentence, words, holders, focus))
    if joint:
        others = sorted([*others, *joint], key=lambda holder: holder.span.start)
    return Setting(
        folded=folded,
        sentence=sentence,
        clauses=tuple(_clauses(folded, sentence, words, holders)),
        cues=tuple(cues),
        named=tuple(named),
        sides=tuple(side for _, side in quotes),
        holders=tuple(others),
        users=tuple(users),
        quotes=tuple(quote for quote, _ in quotes),
        focus=focus,
        scene=scene,
        words=words,
        asked=tuple(
            match.end() for match in words.asks.finditer(folded, sentence.start, sentence.end)
        ),
    )


def is_of_people(matter: Span, folded: str, words: Lexicon) -> bool:
    """Whether the words for a matter are of those who live by it: "transportistas mexicanos"."""
    inside = words.trade.search(folded, matter.start, matter.end)
    return inside is not None or words.trade_after.match(folded, matter.end) is not None


def _takes(matter: Span, cue: Span) -> bool:
    """Whether the words of a stance are a matter's; a longer one may hold it ("retaliate for")."""
    if cue.start >= matter.end or matter.start >= cue.end:
        return False
    return not cue.covers(matter) or cue == matter


def _is_done_to_another(
    matter: Named, others: Sequence[Named], folded: str, words: Lexicon
) -> bool:
    """Whether weak words are only what is done to a matter behind them: "scrap its clause"."""
    if not matter.weak or " " in folded[matter.span.start : matter.span.end]:
        return False
    for other in others:
        if not other.weak and other.span.start > matter.span.end:
            between = folded[matter.span.end : other.span.start]
            determined = words.determiner_before.search(between) is not None
            if not between.strip() or (determined and len(between.split()) <= _DETERMINED):
                return True
    return False


def _up_to_matter(cue: Cue, matters: Sequence[Named], folded: str, words: Lexicon) -> Cue:
    """*cue* without a matter that its words hold ("pressed for [lumber] to be") or run into.

    What is left before that ("want to | renew the pact") must be more than a small word. Where it
    is a stance word of its own before weak words, it is that one ("threatened to | pull out").
    """
    start, end = cue.span.start, cue.span.end
    for named in matters:
        matter = named.span
        inside = end - start >= _LONG and start < matter.start and matter.end <= end
        into = start + _SMALL < matter.start < end < matter.end
        if inside or into:
            left = Span(start, matter.start - 1)
            for (form, stance), own in words.cues.find(folded, left):
                if named.weak and own.start == start and form is cue.form and stance is not None:
                    return replace(cue, span=left, stance=stance)
            return replace(cue, span=left)
    return cue


def _joint(
    folded: str, sentence: Span, words: Lexicon, holders: Sequence[Holder], focus: InFocus
) -> Iterator[Holder]:
    """Those who act together ("the two sides"), who are no side."""
    for match in words.joint.finditer(folded, sentence.start, sentence.end):
        span = Span(*match.span())
        if not any(_are_one(span, h.span, folded, words) for h in holders):
            two = words.two.match(folded, span.start)
            yield Holder(span, None, None, both=focus.two() if two else ())


def _are_one(joint: Span, side: Span, folded: str, words: Lexicon) -> bool:
    """Whether a side is named beside words for several: "negotiators from Mexico"."""
    if side.start < joint.end:
        return joint.start <= side.end + 1
    between = folded[joint.start : side.start]
    return side.start <= joint.end + 1 or words.origin_before.fullmatch(between) is not None


def _clauses(
    folded: str, sentence: Span, words: Lexicon, holders: Sequence[Holder]
) -> Iterator[Span]:
    breaks = [m.start() for m in words.clause_break.finditer(folded, sentence.start, sentence.end)]
    start = sentence.start
    for end in [*breaks, sentence.end]:
        while end > start:
            closed = _end_of_fronted(folded, Span(start, end), words, holders)
            yield Span(start, closed or end)
            start = closed or end


def _end_of_fronted(
    folded: str, clause: Span, words: Lexicon, holders: Sequence[Holder]
) -> int | None:
    """Where the main clause begins behind one that stands before it: "When it ends, Ottawa …"."""
    opening = words.fronting.match(folded, clause.start, clause.end)
    if opening is None:
        return None
    for comma in _COMMA.finditer(folded, opening.end(), clause.end):
        place = comma.end()
        subject = words.subject_opens.match(folded, place, clause.end) or any(
            holder.span.start == place for holder in holders
        )
        if subject and len(folded[opening.end() : comma.start()].split()) >= _CLAUSE:
            return comma.start()
    return None
