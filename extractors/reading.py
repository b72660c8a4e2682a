"""What every extractor needs of a document, worked out once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from config.packs.types import Issue, Organisation, Pack, Person
from extractors.languages import SUPPORTED
from extractors.terms import TermHit, TermMatcher, compile_terms, pack_terms
from extractors.text.folding import fold
from extractors.text.language import detect_language
from extractors.text.segments import paragraphs, sentences
from extractors.types import Document, Span


@dataclass(frozen=True)
class Knowledge:
    """Packs made ready for matching; made once with :func:`prepare`, used for many texts."""

    packs: tuple[Pack, ...]
    matchers: Mapping[str, TermMatcher]

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


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with its language, segments and the pack's terms in it.

    ``folded`` has the length of ``text`` (see :func:`extractors.text.folding.fold`).
    """

    text: str
    folded: str
    lang: str
    published_on: date | None
    paragraphs: tuple[Span, ...]
    sentences: tuple[Span, ...]
    hits: tuple[TermHit, ...]


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
    return Reading(
        text=text,
        folded=folded,
        lang=lang,
        published_on=document.published_on,
        paragraphs=tuple(paragraphs(text)),
        sentences=tuple(sentences(text, lang)) if supported else (),
        hits=tuple(knowledge.matchers[lang].find(text, folded)) if supported else (),
    )
