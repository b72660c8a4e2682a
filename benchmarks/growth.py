"""How the time of each extractor grows with texts that are made to be slow to read.

    .venv/bin/python benchmarks/growth.py

Prints for each extractor the shapes whose time grows most when the text doubles (about 2 is in
line with the length), and the slowest ones.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from benchmarks.extract import seconds
from config.packs import load_packs
from extractors.dates import find_dates
from extractors.deadlines import find_deadlines
from extractors.issues import find_issues
from extractors.languages import SUPPORTED
from extractors.quotes import find_quotes
from extractors.quotes.marks import find_stretches
from extractors.reading import Knowledge, Reading, prepare, read
from extractors.types import Document

_SIZE = 40_000
_LEAST = 0.002  # a shorter time says nothing of growth
_SHOWN = 4
_DAY = date(2018, 3, 28)
_MARKS = ('"', '" ', "“", "’ ", "« ", '"a', "'a ", '"\n')
_QUOTES = (
    '"', '"a" ', "« a », dit-il. ", '"A," said Roy. ', "said ", "Roy said that ", "Roy, ", "( ",
    "— a —dijo Roy—. ", "— a\n\n", '"A\n\n', "Ann Roy said. ", "según Roy, ", "the minister of ",
    "«", "adding, ", 'a:\n\n"b"\n\n', "- a -B ", "—¿a?\n\n—b.\n\n", '"A," b ', '“A, b c d,” ',
    '"A," x said. "B\n\n"', "with a saying ", "AB A B C ",
)  # fmt: skip
_DATES = (
    "May 1, 2018 and ", "9" * 50, "1/1/", "the end of ", "Monday ", "two ", "1.", "in the ", "a",
)  # fmt: skip
_DEADLINES = ("May 1, if no deal, ", "by May 1 ", "until May 1 the tariffs, ")
_ISSUES = (
    "Ottawa opposes the sunset clause. ", "rejects ", "tariffs ", "Ottawa, which ", "if ",
    "the sunset clause and ",
)  # fmt: skip
_VIEW = "NAFTA talks. "

Run = Callable[[Reading], object]
Shape = tuple[str, str, str, Run]


def shapes(knowledge: Knowledge) -> Iterator[Shape]:
    """What is measured: the name of an extractor, a language, what a text repeats, how to run."""
    for unit in _MARKS:
        yield "marks", "en", unit, lambda r: find_stretches(r.text, r.paragraphs)
    for lang in SUPPORTED:
        for unit in _QUOTES:
            yield "quotes", lang, unit, lambda reading: find_quotes(reading, knowledge)
    for unit in _DATES:
        yield "dates", "en", unit, find_dates
    for unit in _DEADLINES:
        yield "deadlines", "en", unit, lambda r: find_deadlines(r, find_dates(r), (), knowledge)
    for unit in _ISSUES:
        yield "issues", "en", unit, lambda reading: find_issues(reading, (), knowledge)


def cost(shape: Shape, size: int, knowledge: Knowledge) -> float:
    """The processor seconds of one shape for a text of *size* characters, the least of three."""
    _, lang, unit, run = shape
    text = _VIEW + unit * (size // len(unit))
    readings = [read(Document(text, _DAY, lang), knowledge) for _ in range(3)]
    return min(seconds(partial(run, reading)) for reading in readings)


def main() -> None:
    """Measure all shapes."""
    knowledge = prepare(load_packs(["nafta"]))
    found: dict[str, list[tuple[float, float, str]]] = {}
    for shape in shapes(knowledge):
        name, lang, unit, _ = shape
        once, twice = (cost(shape, size, knowledge) for size in (_SIZE, 2 * _SIZE))
        ratio = twice / once if once > _LEAST else 0.0
        found.setdefault(name, []).append((ratio, once, f"{lang} {unit!r}"))
    for name, measured in found.items():
        print(f"{name}: {len(measured)} texts of {_SIZE // 1000} kB and their doubles")
        for ratio, once, what in sorted(measured, reverse=True)[:_SHOWN]:
            print(f"  {ratio:5.2f} times {once:7.3f} s  {what}")
        slowest = max(measured, key=lambda each: each[1])
        print(f"  slowest: {slowest[1]:.3f} s  {slowest[2]}")


if __name__ == "__main__":
    main()
