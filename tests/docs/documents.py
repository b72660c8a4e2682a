"""The documents as values: their blocks of code, tables and links."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs"
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)")


def document(name: str) -> str:
    """The text of a document in ``docs/``."""
    return (FOLDER / name).read_text(encoding="utf-8")


def all_documents() -> list[Path]:
    """Every document for readers, those at the root included."""
    return sorted([*ROOT.glob("*.md"), *FOLDER.glob("*.md")])


def blocks(text: str, language: str) -> list[str]:
    """The fenced blocks of *language*, in order."""
    return [code for tag, code in _FENCE.findall(text) if tag == language]


def section(text: str, heading: str) -> str:
    """What stands under *heading* (with its marks), up to the next one as high."""
    plain = _FENCE.sub(lambda fence: fence[0].replace("\n#", "\n "), text)
    start = plain.index(f"\n{heading}\n") + len(heading) + 2
    depth = heading.index(" ")
    for found in _HEADING.finditer(plain, start):
        if len(found[1]) <= depth:
            return text[start : found.start()]
    return text[start:]


def table_rows(text: str) -> Iterator[list[str]]:
    """The cells of every row of every table, without headers and rules."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if not line.startswith("|") or line.startswith("|---"):
            continue
        if number + 1 < len(lines) and lines[number + 1].startswith("|---"):
            continue
        yield [cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]]


def bare(cell: str) -> str:
    """A cell without its code marks."""
    return cell.strip("`")


@dataclass(frozen=True, slots=True)
class Link:
    """A link of a document to another place in this repository."""

    source: Path
    target: Path
    anchor: str


def relative_links(path: Path) -> Iterator[Link]:
    """The links of the document at *path* that are no web address."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    for address in _LINK.findall(text):
        if re.match(r"[a-z]+:", address):
            continue
        name, _, anchor = address.partition("#")
        yield Link(path, (path.parent / name).resolve() if name else path, anchor)


def anchors(path: Path) -> set[str]:
    """The anchors of a document's headings, as GitHub makes them."""
    text = _FENCE.sub("", path.read_text(encoding="utf-8"))
    return {_anchor(heading) for _, heading in _HEADING.findall(text)}


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")
