"""A seeded press: articles with their extractions and the truth about stories and events."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random

from extractors.types import (
    Certainty,
    Deadline,
    DeadlineKind,
    Extraction,
    IssueMention,
    Precision,
    Quote,
    QuoteKind,
    Relevance,
    SetBy,
    Span,
    Speaker,
    Stance,
)
from tests.generator.phrases import LANGUAGES, Phrases

START = datetime(2018, 3, 5, 6, 0, tzinfo=UTC)
_ISSUES = ("dairy", "sunset-review", "autos")
_PARTIES = ("CA", "US", "MX")


@dataclass(frozen=True, slots=True)
class Said:
    """A statement as it was made: words, speaker, and the event that it truly is."""

    event: str
    words: str
    person: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: what, when, by whom, and the event that it truly is."""

    event: str
    what: str
    day: date
    party: str
    milestone: str | None = None


@dataclass(frozen=True, slots=True)
class Held:
    """A position, one event in its story."""

    event: str
    issue: str
    party: str
    stance: Stance


@dataclass(frozen=True, slots=True)
class Article:
    """An article as it is printed. ``truth`` gives the event of each (type, first offset)."""

    url: str
    outlet: str
    lang: str
    published: datetime
    text: str
    extraction: Extraction
    story: str
    truth: dict[tuple[str, int], str]


@dataclass(slots=True)
class _Page:
    """A text under construction, with what it says."""

    text: str = ""
    quotes: list[Quote] = field(default_factory=list)
    deadlines: list[Deadline] = field(default_factory=list)
    issues: list[IssueMention] = field(default_factory=list)
    truth: dict[tuple[str, int], str] = field(default_factory=dict)

    def add(self, part: str) -> Span:
        start = len(self.text)
        self.text += part
        return Span(start, len(self.text))

    def paragraph(self) -> None:
        if self.text:
            self.text += "\n\n"


@dataclass(frozen=True, slots=True)
class _Story:
    """A base text: paragraphs of plain sentences, and what is said between them."""

    id: str
    lang: str
    day: int
    paragraphs: tuple[str, ...]
    said: tuple[Said, ...]
    due: tuple[Due, ...]
    held: tuple[Held, ...]
    trap: str  # what near misses other reports have: "speaker", "figure" or "none"


@dataclass(frozen=True, slots=True)
class _Treatment:
    """What an outlet does with a base text."""

    keep: float = 1.0
    local: bool = False
    notice: bool = False
    edits: int = 0


_TREATMENTS = (
    _Treatment(),
    _Treatment(notice=True),
    _Treatment(keep=0.5),
    _Treatment(keep=0.3),
    _Treatment(local=True),
    _Treatment(local=True, notice=True),
    _Treatment(edits=2),
    _Treatment(keep=0.6, edits=1),
)


def press(seed: int, stories: int = 24) -> list[Article]:
    """Articles in the order of publication: *stories* base texts with their copies and traps."""
    random = Random(seed)
    articles: list[Article] = []
    for number in range(stories):
        lang = random.choice(("en", "en", "fr", "es"))
        story = _story(random, f"{seed}-{number}", lang)
        articles += _copies(random, story)
        articles += _other_reports(random, story)
    return sorted(articles, key=lambda article: (article.published, article.url))


def _sentence(random: Random, pools: Sequence[Sequence[str]]) -> str:
    who, does, what, how = (random.choice(pool) for pool in pools)
    return f"{who}, {_place(random)}, {does} {what}, {_place(random)}, {how}"


def _story(random: Random, id: str, lang: str) -> _Story:
    phrases = LANGUAGES[lang]
    paragraphs = tuple(
        " ".join(_sentence(random, phrases.reports) for _ in range(random.randint(2, 3)))
        for _ in range(8)
    )
    said = tuple(_statements(random, id, phrases))
    due = tuple(_deadlines(random, id, lang, phrases))
    held = tuple(
        Held(f"{id}-h{n}", issue, party, stance)
        for n, (issue, party, stance) in enumerate(
            {
                (random.choice(_ISSUES), random.choice(_PARTIES), stance)
                for stance in (Stance.DEMANDS, Stance.OPPOSES)
            }
        )
    )
    trap = random.choice(("speaker", "figure", "none"))
    return _Story(id, lang, random.randint(0, 40), paragraphs, said, due, held, trap)


def _statements(random: Random, id: str, phrases: Phrases) -> Iterator[Said]:
    for number in range(2):
        words = [random.choice(pool) for pool in phrases.statements]
        # Names of places make each statement one of its own.
        words[1] = f"{words[1]} in {_place(random)} and {_place(random)}"
        words[2] = f"{words[2]} of {_place(random)}"
        text = " ".join(words).replace(" ,", ",")
        yield Said(
            f"{id}-q{number}",
            f"{text[:-1]}, file {random.randint(1000, 8999)}.",
            random.choice(phrases.people),
        )


def _place(random: Random) -> str:
    return "".join(
        random.choice(("mar", "to", "vel", "ri", "don", "sa", "qui")) for _ in range(4)
    ).title()


def _deadlines(random: Random, id: str, lang: str, phrases: Phrases) -> Iterator[Due]:
    # A subject is one thing due in the whole press: its event bears its name.
    what, party = random.choice(phrases.subjects), random.choice(_PARTIES)
    month = phrases.subjects.index(what) % 3 + 5
    day = date(2018, month, 3 + phrases.subjects.index(what) * 3)
    yield Due(f"{id.partition('-')[0]}-{lang}-{what}-{party}", what, day, party)


# --- printing


def _copies(random: Random, story: _Story) -> Iterator[Article]:
    for number in range(random.randint(2, 6)):
        hours = random.randint(0, 47)
        at = START + timedelta(days=story.day, hours=hours, minutes=number)
        treatment = random.choice(_TREATMENTS) if number else _TREATMENTS[0]
        yield _print(random, story, f"copy{number}", at, treatment, story.id)


def _other_reports(random: Random, story: _Story) -> Iterator[Article]:
    """Other texts about the same event: the same statements, in part, and traps."""
    phrases = LANGUAGES[story.lang]
    for number in range(random.randint(1, 3)):
        fresh = _story(random, story.id, story.lang)
        said = [_in_part(random, one, story.trap) for one in story.said]
        traps = _traps(story, phrases)
        id = f"{story.id}-other{number}"
        told = _Story(
            id,
            story.lang,
            story.day,
            fresh.paragraphs,
            (*said, *traps),
            tuple(_moved(random, one) for one in story.due),
            tuple(
                Held(f"{id}-{one.event}", one.issue, one.party, one.stance) for one in story.held
            ),
            story.trap,
        )
        at = START + timedelta(days=story.day + random.randint(0, 3), hours=12, minutes=number)
        yield _print(random, told, f"other{number}", at, _Treatment(), id)


def _in_part(random: Random, said: Said, trap: str) -> Said:
    """The statement as another report has it; with the figure where only that tells it apart."""
    words = said.words.split()
    ways = ["whole", "ellipsis", "bracket", "edit"]
    if trap != "figure":
        ways += ["half", "part"]
    choice = random.choice(ways)
    if choice == "half":
        words = words[: len(words) * 2 // 3]
    elif choice == "part":
        size = random.randint(6, 9)
        named = next(n for n, word in enumerate(words) if n > 5 and word.istitle())
        start = max(0, named - random.randint(1, size - 1))
        words = words[start : start + size]
    elif choice == "ellipsis":
        words = [*words[:8], "…", *words[10:]]
    elif choice == "bracket":
        words = [*words[:5], "[of course]", *words[5:]]
    elif choice == "edit":
        place = random.randint(8, len(words) - 6)
        if words[place].isalpha():
            words = [*words[:place], "really", *words[place:]]
    return Said(said.event, " ".join(words), said.person)


def _traps(story: _Story, phrases: Phrases) -> list[Said]:
    """The same words of somebody else, or with another figure: another event."""
    said = story.said[0]
    if story.trap == "speaker":
        other = next(who for who in phrases.people if not _may_be(who, said.person))
        return [Said(f"{said.event}-other", said.words, other)]
    if story.trap == "figure":
        figure = next(
            word for word in said.words.rstrip(".").split() if len(word) == 4 and word.isdigit()
        )
        return [
            Said(f"{said.event}-figure", said.words.replace(figure, f"9{figure[1:]}"), said.person)
        ]
    return []


def _may_be(one: tuple[str, str], other: tuple[str, str]) -> bool:
    return one[0].split()[-1] == other[0].split()[-1]


def _moved(random: Random, due: Due) -> Due:
    days = random.choice((0, 0, 14))
    return Due(due.event, due.what, due.day + timedelta(days=days), due.party)


def _print(
    random: Random, story: _Story, name: str, at: datetime, treatment: _Treatment, label: str
) -> Article:
    phrases = LANGUAGES[story.lang]
    page = _Page()
    kept = max(2, round(len(story.paragraphs) * treatment.keep))
    if treatment.local:
        page.add(random.choice(phrases.local))
    said, due = list(story.said), list(story.due)
    for number, paragraph in enumerate(story.paragraphs[:kept]):
        page.paragraph()
        page.add(_edited(random, paragraph) if number < treatment.edits else paragraph)
        if number == 0:
            for held in story.held:
                _print_position(page, held)
        elif number % 2 and said:
            _print_statement(random, page, phrases, said.pop(0), story.trap)
        elif due:
            _print_deadline(page, due.pop(0))
    if said and kept == len(story.paragraphs):
        for one in said:
            _print_statement(random, page, phrases, one, story.trap)
    if treatment.notice:
        page.paragraph()
        page.add(phrases.notice)
    extraction = Extraction(
        story.lang,
        tuple(page.quotes),
        deadlines=tuple(page.deadlines),
        issues=tuple(page.issues),
        relevance=Relevance(1.0, "made"),
    )
    url = f"https://{name}.example/{story.id}"
    return Article(url, name, story.lang, at, page.text, extraction, label, page.truth)


def _edited(random: Random, paragraph: str) -> str:
    words = paragraph.split()
    place = random.randint(3, len(words) - 3)
    return " ".join([*words[:place], "reportedly", *words[place + 1 :]])


def _print_statement(random: Random, page: _Page, phrases: Phrases, said: Said, trap: str) -> None:
    full, later = said.person
    open_mark, close_mark = random.choice((('"', '"'), ("“", "”"), ("« ", " »")))
    page.paragraph()
    start = len(page.text)
    page.add(open_mark)
    span = page.add(said.words)
    page.add(f"{close_mark}, {random.choice(phrases.said)} ")
    known = trap == "speaker" or random.random() < 0.9
    mention = page.add(random.choice((full, later)) if known else "—")
    page.add(".")
    name = random.choice((full, page.text[mention.start : mention.end]))
    speaker = Speaker(mention, name) if known else None
    context = Span(start, len(page.text))
    page.quotes.append(Quote((span,), QuoteKind.DIRECT, None, speaker, context))
    if known or len(said.words.split()) >= 8:
        page.truth["quote", span.start] = said.event


def _print_deadline(page: _Page, due: Due) -> None:
    page.add(" ")
    start = len(page.text)
    page.add(f"{due.what}: ")
    span = page.add(due.day.isoformat())
    page.add(".")
    page.deadlines.append(
        Deadline(
            span,
            DeadlineKind.DEADLINE,
            due.what,
            due.day,
            due.day + timedelta(days=1),
            Precision.DAY,
            SetBy(None, due.party, due.party),
            certainty=Certainty.FIXED,
            milestone=due.milestone,
            sentence=Span(start, len(page.text)),
        )
    )
    page.truth["deadline", span.start] = due.event


def _print_position(page: _Page, held: Held) -> None:
    page.add(" ")
    start = len(page.text)
    span = page.add(held.issue)
    page.add(f" ({held.party}): {held.stance.value}.")
    sentence = Span(start, len(page.text))
    page.issues.append(IssueMention(span, held.issue, sentence, held.stance, None, held.party))
    page.truth["issue_mention", span.start] = held.event
