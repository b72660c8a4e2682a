"""How fast extraction is, and how its cost grows.

    .venv/bin/python benchmarks/extract.py [--documents N] [--textacy-python PATH] [FILE.jsonl …]

Without files it reads the demo's articles. Prints documents a second and the share of each step,
how time grows when a text doubles, what ten thousand terms cost against five hundred, and the
ratio to dateparser's search and textacy's direct quotations where those are installed; textacy
may be in an interpreter of its own (``--textacy-python``).
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from config.packs import load_packs
from extractors.dates import find_dates
from extractors.deadlines import find_deadlines
from extractors.extraction import extract
from extractors.issues import find_issues
from extractors.jsonl import document_from_json
from extractors.quotes import find_quotes
from extractors.reading import Knowledge, prepare, read
from extractors.relevance import score_relevance
from extractors.terms import Term, TermKind, TermMatcher, compile_terms
from extractors.text.folding import fold
from extractors.types import Document
from monitor.demo.world import ROUNDS, load_outlets

_SIZE, _LONG = 20_000, 1_000_000
_ROUNDS = 5
_PEER_DOCUMENTS = 20  # of a language, for what is slow beside us


def documents(files: Sequence[Path]) -> list[Document]:
    """The documents of labelled files, or the demo's articles."""
    if files:
        lines = [line for file in files for line in file.read_text(encoding="utf-8").splitlines()]
        return [document_from_json(json.loads(line))[1] for line in lines if line.strip()]
    now = datetime(2026, 11, 25, tzinfo=UTC)
    return [
        Document(story.text, story.published.date(), outlet.lang)
        for outlet in load_outlets()
        for story in outlet.stories(now.date(), now, ROUNDS)
    ]


def seconds(run: Callable[[], Any]) -> float:
    """Processor seconds that *run* takes."""
    start = time.process_time()
    run()
    return time.process_time() - start


def steps(sample: Sequence[Document], knowledge: Knowledge, count: int) -> None:
    """Documents a second, and where the time goes."""
    for document in sample:
        extract(document, knowledge)
    spent: dict[str, float] = defaultdict(float)

    def timed(name: str, step: Callable[..., Any], *given: Any) -> Any:
        start = time.process_time()
        result = step(*given)
        spent[name] += time.process_time() - start
        return result

    characters = 0
    for number in range(count):
        document = sample[number % len(sample)]
        characters += len(document.text)
        reading = timed("language, segments, terms", read, document, knowledge)
        quotes = timed("quotes", find_quotes, reading, knowledge)
        dates = timed("dates", find_dates, reading)
        timed("issues and stance", find_issues, reading, quotes, knowledge)
        timed("deadlines", find_deadlines, reading, dates, quotes, knowledge)
        timed("relevance", score_relevance, reading, knowledge)
    total = sum(spent.values())
    print(f"{count / total:.0f} documents/s of {characters / count:.0f} characters on one core")
    for name, value in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {value / total:6.1%}  {1000 * value / count:6.2f} ms  {name}")


def growth(knowledge: Knowledge) -> None:
    """Time for a text and for its double; about 2 is linear."""
    pieces = {
        "prose": "Verheul said the deadline of May 1 stands; Ottawa opposes the sunset clause. ",
        "straight marks": '" ',
        "curly marks": "“ ",
        "guillemets": "« ",
        "quoted letters": "“a” ",
        "marks on lines": '"\n',
        "said": "said ",
        "dates": "May 1 ",
        "brackets": "( ",
    }
    for name, piece in pieces.items():
        once, twice = (_repeated(piece, size, knowledge) for size in (_SIZE, 2 * _SIZE))
        print(f"  {name:<15} {_SIZE // 1000} kB {once:6.2f} s, its double {twice / once:.2f} times")
    for name in ("straight marks", "quoted letters", "marks on lines"):
        print(f"  {name:<15} 1 MB {_repeated(pieces[name], _LONG, knowledge):6.2f} s")


def _repeated(piece: str, size: int, knowledge: Knowledge) -> float:
    document = Document(piece * (size // len(piece)), date(2018, 3, 28), "en")
    return seconds(lambda: extract(document, knowledge))


def _matched(matcher: TermMatcher, text: str, folded: str) -> None:
    for _ in range(40):
        list(matcher.find(text, folded))


def terms(text: str) -> None:
    """The cost of matching with 500 and with 10,000 terms."""
    folded = fold(text)

    def cost(count: int) -> float:
        names = [Term(TermKind.ISSUE, str(n), f"term number {n} of the list") for n in range(count)]
        matcher = compile_terms([*names, Term(TermKind.PARTY, "CA", "Canada")])
        return min(seconds(lambda: _matched(matcher, text, folded)) for _ in range(5))

    few = cost(500)
    print(f"  10,000 terms cost {cost(10_000) / few:.2f} times as much as 500")
    loading = min(seconds(lambda: prepare(load_packs(["nafta"]))) for _ in range(3))
    print(f"  the pack nafta is read and made ready in {1000 * loading:.0f} ms")


def peers(sample: Sequence[Document], knowledge: Knowledge) -> None:
    """Ratios to other libraries on the same documents, where they are installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("  dateparser is not installed: pip install dateparser")
    else:
        some = sample[:20]
        readings = [read(document, knowledge) for document in some]
        ours = seconds(lambda: [find_dates(reading) for reading in readings])
        theirs = seconds(lambda: [search_dates(d.text, languages=[d.lang or "en"]) for d in some])
        print(f"  dates: {theirs / ours:.1f} times as fast as dateparser.search")


def beside_textacy(sample: Sequence[Document], knowledge: Knowledge, python: str) -> None:
    """Ratio to textacy's direct quotations on the same documents, language by language.

    Both read the text and find the quotations; theirs runs in the interpreter *python*.
    """
    some = {
        lang: [document for document in sample if document.lang == lang][:_PEER_DOCUMENTS]
        for lang in ("en", "fr", "es")
    }
    lines = [
        json.dumps({"lang": lang, "text": document.text})
        for lang, documents in some.items()
        for document in documents
    ]
    script = Path(__file__).with_name("textacy_quotes.py")
    one_core = {**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    answer = subprocess.run(
        [python, "-W", "ignore", str(script)],
        input="\n".join(lines),
        capture_output=True,
        text=True,
        env=one_core,
        check=False,
    )
    report = [json.loads(line) for line in answer.stdout.splitlines()]
    if answer.returncode or not report:
        print("  textacy or a spaCy model is not installed: see benchmarks/textacy_quotes.py")
    ours = {lang: _quotes_seconds(documents, knowledge) for lang, documents in some.items()}
    for theirs in report:
        lang, count = theirs["lang"], theirs["documents"]
        print(
            f"  quotes {lang}: {theirs['seconds'] / ours[lang]:.0f} times as fast as textacy with "
            f"{theirs['model']} ({count / ours[lang]:.0f} against {count / theirs['seconds']:.1f} "
            f"documents/s, {count} documents)"
        )


def _quotes_seconds(documents: Sequence[Document], knowledge: Knowledge) -> float:
    """Processor seconds to read *documents* and find their quotes, the mean of some rounds."""

    def once() -> None:
        for document in documents:
            find_quotes(read(document, knowledge), knowledge)

    once()
    return sum(seconds(once) for _ in range(_ROUNDS)) / _ROUNDS


def main() -> None:
    """Run all of it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument(
        "--textacy-python", default=sys.executable, help="an interpreter that has textacy"
    )
    given = parser.parse_args()
    knowledge = prepare(load_packs(["nafta"]))
    sample = documents(given.files)
    steps(sample, knowledge, given.documents)
    print("growth with the length of a text:")
    growth(knowledge)
    print("growth with the size of a pack:")
    terms("\n\n".join(document.text for document in sample))
    print("beside other libraries:")
    peers(sample, knowledge)
    beside_textacy(sample, knowledge, given.textacy_python)


if __name__ == "__main__":
    main()
