"""How well the text of articles is read from their pages.

    .venv/bin/python benchmarks/articles.py [--each] [FOLDER …]

A folder holds pages NAME.html, each beside NAME.json with its address (``url``) and its text as
a person would cut it out (``paragraphs``); without a folder those of our own tests are read, on
which our reader was tuned. Prints for it, for trafilatura alone and, where it is installed, for
readability-lxml: F1, precision and recall over runs of four words, the share of pages that are
exact, how many of the quotation marks and of the breaks between paragraphs (two words on each side)
are there (R) and how many of those that are there belong there (P), and pages a second. ``--each``
shows every page of ours.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

from monitor.articles import read_article
from monitor.articles.blocks import text_of_fragment

_OWN = Path(__file__).parents[1] / "tests" / "data" / "article_pages"
_WORD = re.compile(r"\w+")
_MARKS = "\"“”„«»‹›‘’'—"
_RUN = 4

Reader = Callable[[bytes, str | None], str]
Score = tuple[float, float]  # recall, precision


@dataclass(frozen=True, slots=True)
class Page:
    """A page and its text as it should be read."""

    name: str
    url: str | None
    source: bytes
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """How one page was read."""

    words: Score
    marks: Score
    breaks: Score
    exact: bool


def load(folder: Path) -> list[Page]:
    """The pages of *folder*."""
    pages = []
    for path in sorted(folder.glob("*.html")):
        gold = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        text = "\n\n".join(gold["paragraphs"])
        pages.append(Page(path.stem, gold.get("url"), path.read_bytes(), text))
    return pages


def ours(source: bytes, url: str | None) -> str:
    """Our own reader."""
    return read_article(source, url=url).text


def with_trafilatura(source: bytes, url: str | None) -> str:
    """trafilatura as it comes, a line a paragraph."""
    from trafilatura import extract

    text = extract(source, url=url, include_comments=False) or ""
    return "\n\n".join(line for line in text.splitlines() if line.strip())


def with_readability(source: bytes, url: str | None) -> str:
    """readability-lxml, with our own reading of its markup's paragraphs."""
    from readability import Document  # type: ignore[import-not-found,unused-ignore]  # optional

    return text_of_fragment(Document(source.decode("utf-8", "replace"), url=url).summary())


def compared(found: str, gold: str) -> Result:
    """How *found* differs from *gold*."""
    words = _WORD.findall(found.lower()), _WORD.findall(gold.lower())
    return Result(
        _score(_runs(words[0]), _runs(words[1])),
        _score(_marks(found), _marks(gold)),
        _score(_breaks(found), _breaks(gold)),
        words[0] == words[1],
    )


def _score(found: Counter[str], gold: Counter[str]) -> Score:
    shared = (found & gold).total()
    return (
        shared / gold.total() if gold else float(not found),
        shared / found.total() if found else float(not gold),
    )


def _runs(words: Sequence[str]) -> Counter[str]:
    length = min(_RUN, max(1, len(words)))
    return Counter(" ".join(words[at : at + length]) for at in range(len(words) - length + 1))


def _marks(text: str) -> Counter[str]:
    return Counter(letter for letter in text if letter in _MARKS)


def _breaks(text: str) -> Counter[str]:
    parts = [words for part in text.split("\n\n") if (words := _WORD.findall(part.lower()))]
    return Counter(" ".join([*before[-2:], "|", *after[:2]]) for before, after in pairwise(parts))


def f1(score: Score) -> float:
    """The harmonic mean of recall and precision."""
    return 2 * score[0] * score[1] / sum(score) if sum(score) else 0.0


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed)


def measure(pages: Sequence[Page], read: Reader, *, each: bool) -> str:
    """One line of figures of *read* on *pages*; with *each*, a line of every page before it."""
    read(pages[0].source, pages[0].url)  # what it loads at first is no part of reading
    start = time.process_time()
    texts = [read(page.source, page.url) for page in pages]
    seconds = time.process_time() - start
    results = [compared(text, page.text) for text, page in zip(texts, pages, strict=True)]
    for page, result in zip(pages, results, strict=True) if each else ():
        print(
            f"    {page.name:24} F1 {f1(result.words):.3f}  marks R {result.marks[0]:.2f}  "
            f"breaks R {result.breaks[0]:.2f} P {result.breaks[1]:.2f}"
            f"{'  exact' if result.exact else ''}"
        )
    recall, precision = (_mean(result.words[part] for result in results) for part in (0, 1))
    parts = [f"F1 {f1((recall, precision)):.3f}", f"P {precision:.3f}", f"R {recall:.3f}"]
    parts.append(f"exact {_mean(result.exact for result in results):.2f}")
    for name in ("marks", "breaks"):
        scores = [getattr(result, name) for result in results]
        parts.append(
            f"{name} R {_mean(score[0] for score in scores):.3f} "
            f"P {_mean(score[1] for score in scores):.3f}"
        )
    return "  ".join([*parts, f"{len(pages) / seconds:.0f} pages/s"])


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[_OWN])
    parser.add_argument("--each", action="store_true")
    options = parser.parse_args()
    readers: dict[str, Reader] = {"ours": ours, "trafilatura": with_trafilatura}
    if find_spec("readability") is not None:
        readers["readability"] = with_readability
    for folder in options.folders:
        pages = load(folder)
        print(f"{folder}: {len(pages)} pages")
        for name, read in readers.items() if pages else ():
            print(f"  {name:12} {measure(pages, read, each=options.each and read is ours)}")


if __name__ == "__main__":
    main()
