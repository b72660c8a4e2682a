"""The values that extraction takes and gives.

Everything here is immutable and knows nothing of files, clocks or databases. An offset is an
index into the ``str`` of the document (a code point, not a byte), an end is exclusive, and
``text[span.start:span.end]`` is the evidence for what is claimed of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class QuoteKind(StrEnum):
    """How a statement is reported: word for word, in part, or in the reporter's words."""

    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class TimexType(StrEnum):
    """TIMEX3 types (ISO-TimeML, ISO 24617-1)."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """How exactly a text says when something is due."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"


class DeadlineKind(StrEnum):
    """Why a date ahead matters."""

    DEADLINE = "deadline"
    TARGET = "target"
    EXPIRY = "expiry"
    EFFECTIVE = "effective"
    VOTE = "vote"
    MEETING = "meeting"
    ELECTION = "election"
    CLOCK = "clock"
    HORIZON = "horizon"


class Certainty(StrEnum):
    """How firmly a text says that the date holds."""

    FIXED = "fixed"
    EXPECTED = "expected"
    PROPOSED = "proposed"
    CONDITIONAL = "conditional"


class Stance(StrEnum):
    """What a party wants of an issue, as one sentence has it."""

    DEMANDS = "demands"
    OPPOSES = "opposes"
    CONCEDES = "concedes"
    CONCERN = "concern"
    OPEN = "open"
    AGREED = "agreed"
    NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of string indices: ``text[start:end]``."""

    start: int
    end: int

    def __init__(self, start: int, end: int) -> None:
        if not 0 <= start <= end:
            raise ValueError(f"span {start}:{end} does not run forwards from 0")
        # A document makes hundreds; what dataclasses write for a frozen class takes twice as long.
        _set_start(self, start)
        _set_end(self, end)

    def of(self, text: str) -> str:
        """The characters of *text* that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Whether *other* lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


_set_start: Callable[[Span, int], None] = vars(Span)["start"].__set__
_set_end: Callable[[Span, int], None] = vars(Span)["end"].__set__


@dataclass(frozen=True, slots=True)
class Document:
    """One article as the extractors see it.

    ``published`` is the time of publication in the outlet's own zone: a ``datetime`` (aware or
    not; its own calendar day counts) or a bare ``date``. Without it, expressions that need a
    reference stay unresolved. ``lang`` is an ISO 639-1 code; None asks for detection.
    """

    text: str
    published: date | None = None
    lang: str | None = None

    @property
    def published_on(self) -> date | None:
        """The calendar day of publication, or None."""
        if isinstance(self.published, datetime):
            return self.published.date()
        return self.published


@dataclass(frozen=True, slots=True)
class Candidate:
    """One of several people that a speaker's mention may stand for."""

    name: str
    actor: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is said to have spoken.

    ``mention`` is what the cue is tied to, as written, without a title; None where the text
    leaves it out (a dropped subject, a quotation without a cue). ``name`` is the fullest name of
    that person (or organisation) in the document, ``actor`` a pack's id. What the evidence does
    not carry is None: a wrong speaker is worse than none.
    """

    mention: Span | None = None
    name: str | None = None
    actor: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    confidence: float = 1.0
    alternatives: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A statement: its spans (quotation marks left out, in reading order), cue and speaker."""

    spans: tuple[Span, ...]
    kind: QuoteKind
    cue: Span | None
    speaker: Speaker | None
    context: Span
    issues: tuple[str, ...] = ()
    confidence: float = 1.0
    rule: str = ""

    def text_in(self, text: str) -> str:
        """The quoted words, spans joined by one space."""
        return " ".join(span.of(text) for span in self.spans)


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A temporal expression with its TIMEX3 value and the half-open interval that it names.

    ``value``, ``start`` and ``end`` are None where the expression cannot be resolved;
    ``start`` or ``end`` alone may be None where the interval is open on that side.
    """

    span: Span
    type: TimexType
    value: str | None = None
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SetBy:
    """Who set a deadline: a pack's actor, its party, and the words that say so."""

    actor: str | None
    party: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """A length of time laid down by law, as a text names it.

    ``length`` is as written ("195 days"), ``anchor`` the words of the event from which it runs,
    ``rule`` the id of the pack's clock, ``computed`` whether the deadline's dates were reckoned
    from it and are not in the text.
    """

    length: str
    anchor: str | None = None
    rule: str | None = None
    computed: bool = False


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date or period by which, or on which, something is due.

    ``span`` is the time expression; ``start`` and ``end`` its half-open interval; ``what`` the
    thing due, short; ``consequence`` what the text says will happen if it is missed;
    ``milestone`` the id of the pack's milestone where it is certainly that one.
    """

    span: Span
    kind: DeadlineKind
    what: str
    start: date | None = None
    end: date | None = None
    precision: Precision | None = None
    set_by: SetBy | None = None
    consequence: str | None = None
    certainty: Certainty = Certainty.EXPECTED
    clock: Clock | None = None
    milestone: str | None = None
    sentence: Span | None = None
    issues: tuple[str, ...] = ()
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class IssueMention:
    """A negotiating issue named in a sentence, with whose position and which stance."""

    span: Span
    issue: str
    sentence: Span
    stance: Stance = Stance.NEUTRAL
    actor: str | None = None
    party: str | None = None
    confidence: float = 1.0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Relevance:
    """How much a document is about the pack's subject: 0 to 1, and what speaks for it."""

    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was found in one document, in the order of the text."""

    lang: str
    quotes: tuple[Quote, ...] = ()
    dates: tuple[TimeExpression, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    issues: tuple[IssueMention, ...] = ()
    relevance: Relevance = field(default_factory=lambda: Relevance(0.0, "nothing was looked at"))
