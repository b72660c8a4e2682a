"""What every extractor needs of a document, worked out once."""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from config.packs.types import Issue, Organisation, Pack, Person
from extractors.languages import SUPPORTED
from extractors.terms import TermHit, TermKind, TermMatcher, compile_terms, pack_terms
from extractors.text.folding import fold
from extractors.text.language import detect_language
from extractors.text.segments import paragraphs, sentences_of
from extractors.types import Document, Span

Made = TypeVar("Made")
# How many answers are kept; names and days of news are fewer, and a hostile text can't fill more.
_ROOM = 20_000


@dataclass(frozen=True)
class Knowledge:
    """Packs made ready for matching; made once with :func:`prepare`, used for many texts."""

    packs: tuple[Pack, ...]
    matchers: Mapping[str, TermMatcher]
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What *make* gives for this *key*, kept for the texts to come as long as there is room.

        It must follow from the packs and the key alone.
        """
        return once(self._kept, key, make)

    @cached_property
    def people(self) -> Mapping[str, Person]:
        """The packs' people by id."""
        return {person.id: person for pack in self.packs for person in pack.people}

    @cached_property
    def organisations(self) -> Mapping[str, Organisation]:
        """The packs' organisations by id."""
        return {body.id: body for pack in self.packs for body in pack.organisations}

    @cached_property
    def issues(self) -> Mapping[str, Issue]:
        """The packs' issues by id."""
        return {issue.id: issue for pack in self.packs for issue in pack.issues}


@dataclass(frozen=True)
class Reading:
    """A document with its language, segments and the pack's terms in it.

    ``folded`` has the length of ``text`` (see :func:`extractors.text.folding.fold`). What several
    extractors ask of a document is worked out at the first question and kept here.
    """

    text: str
    folded: str
    lang: str
    published_on: date | None
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    hits: tuple[TermHit, ...]
    _kept: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    @cached_property
    def sentence_starts(self) -> Sequence[int]:
        """Where each sentence begins."""
        return [sentence.start for sentence in self.sentences]

    @cached_property
    def hit_starts(self) -> Sequence[int]:
        """Where each of the pack's terms begins."""
        return [hit.span.start for hit in self.hits]

    @cached_property
    def hits_by_kind(self) -> Mapping[TermKind, Sequence[TermHit]]:
        """The pack's terms in the text by what they may stand for, each kind in order."""
        found: dict[TermKind, list[TermHit]] = {kind: [] for kind in TermKind}
        for hit in self.hits:
            for kind in hit.meaning.by_kind:
                found[kind].append(hit)
        return found

    def hits_in(self, span: Span) -> Sequence[TermHit]:
        """The pack's terms that begin in *span*, in order."""
        starts = self.hit_starts
        return self.hits[bisect_left(starts, span.start) : bisect_left(starts, span.end)]

    def sentence_at(self, place: int) -> Span | None:
        """The sentence that holds *place*; None in the blanks between sentences."""
        number = bisect_right(self.sentence_starts, place) - 1
        if number < 0 or self.sentences[number].end <= place:
            return None
        return self.sentences[number]

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What *make* gives, made at the first call with this *key* and kept for the document."""
        return once(self._kept, key, make)


def once(kept: dict[Hashable, Any], key: Hashable, make: Callable[[], Made]) -> Made:
    """What *make* gives, made at the first call with this *key* and put into *kept*."""
    if key in kept:
        found: Made = kept[key]
        return found
    if len(kept) >= _ROOM:
        kept.clear()
    made = kept[key] = make()
    return made


def prepare(packs: tuple[Pack, ...]) -> Knowledge:
    """Compile *packs* for every supported language."""
    matchers = {
        lang: compile_terms([term for pack in packs for term in pack_terms(pack, lang)])
        for lang in SUPPORTED
    }
    return Knowledge(packs, matchers)


def read(document: Document, knowledge: Knowledge) -> Reading:
    """Segment *document* and find the packs' terms; a language that is not supported has none."""
    text = document.text
    lang = (document.lang or detect_language(text)).lower()[:2]
    folded = fold(text)
    supported = lang in SUPPORTED
    parts = tuple(paragraphs(text))
    return Reading(
        text=text,
        folded=folded,
        lang=lang,
        published_on=document.published_on,
        paragraphs=parts,
        sentences=tuple(sentences_of(text, lang, parts)) if supported else (),
        hits=tuple(knowledge.matchers[lang].find(text, folded)) if supported else (),
    )
