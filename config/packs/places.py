"""The lines on which the parts of a TOML file stand, for messages about them."""

import re
from collections.abc import Iterator

Path = tuple[str | int, ...]

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"""'
    r"|'''.*?'''"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|[\[\]{},=.\n]"
    r"|[^\s\[\]{},=.#\"']+",
    re.DOTALL,
)


def line_numbers(text: str) -> dict[Path, int]:
    """The line of every key, table and array item of *text*, by its path from the root.

    *text* is valid TOML; a path is made of keys and of indices into arrays, those of tables
    included: ``("person", 3, "offices", 0, "start")``.
    """
    return _Scan(text).run()


def nearest_line(lines: dict[Path, int], path: Path) -> int:
    """The line of *path*, or of the nearest part around it that is in the file."""
    while path and path not in lines:
        path = path[:-1]
    return lines.get(path, 1)


class _Scan:
    """A walk over the tokens of a valid file; values are skipped, places are kept."""

    def __init__(self, text: str) -> None:
        self.tokens = list(_tokens(text))
        self.position = 0
        self.lines: dict[Path, int] = {}
        self.lengths: dict[Path, int] = {}

    def run(self) -> dict[Path, int]:
        table: Path = ()
        while self.position < len(self.tokens):
            if self.peek() == "\n":
                self.position += 1
            elif self.peek() == "[":
                table = self.header()
            else:
                self.pair(table)
        return self.lines

    def peek(self) -> str:
        return self.tokens[self.position][0] if self.position < len(self.tokens) else ""

    def line(self) -> int:
        return self.tokens[min(self.position, len(self.tokens) - 1)][1]

    def header(self) -> Path:
        line = self.line()
        self.position += 1
        is_item = self.peek() == "["
        self.position += is_item
        table: Path = ()
        keys = self.keys("]")
        for number, key in enumerate(keys, 1):
            table = (*table, key)
            if is_item and number == len(keys):
                self.lengths[table] = self.lengths.get(table, 0) + 1
            self.lines.setdefault(table, line)
            if table in self.lengths:
                table = (*table, self.lengths[table] - 1)
        self.lines.setdefault(table, line)
        self.position += is_item
        return table

    def keys(self, closing: str) -> list[str]:
        """The parts of a dotted key; its closing mark is passed."""
        keys = []
        while self.peek() not in {closing, ""}:
            if self.peek() != ".":
                keys.append(self.peek().strip("\"'"))
            self.position += 1
        self.position += 1
        return keys

    def pair(self, table: Path) -> None:
        line = self.line()
        path = table
        for key in self.keys("="):
            path = (*path, key)
            self.lines.setdefault(path, line)
        self.value(path)

    def value(self, path: Path) -> None:
        if self.peek() == "[":
            self.items(path, "]")
        elif self.peek() == "{":
            self.items(path, "}")
        else:
            while self.peek() not in {",", "]", "}", "\n", ""}:
                self.position += 1

    def items(self, path: Path, closing: str) -> None:
        self.position += 1
        index = 0
        while self.peek() not in {closing, ""}:
            if self.peek() in {",", "\n"}:
                self.position += 1
            elif closing == "}":
                self.pair(path)
            else:
                self.lines.setdefault((*path, index), self.line())
                self.value((*path, index))
                index += 1
        self.position += 1


def _tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        token = match[0]
        if not token.startswith("#"):
            yield token, line
        line += token.count("\n")
