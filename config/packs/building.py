"""A pack's values out of its files' tables; what is wrong is noted with its place."""

import difflib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from config.packs import shapes
from config.packs.places import Path, line_numbers, nearest_line
from config.packs.shapes import Shape, WrongValueError
from config.packs.types import Pack

# File → the name of its tables, the field of the pack that they fill and their shape.
FILES: Mapping[str, tuple[str, str, Shape]] = {
    "parties.toml": ("party", "parties", shapes.PARTY),
    "organisations.toml": ("organisation", "organisations", shapes.ORGANISATION),
    "posts.toml": ("post", "posts", shapes.POST),
    "people.toml": ("person", "people", shapes.PERSON),
    "issues.toml": ("issue", "issues", shapes.ISSUE),
    "milestones.toml": ("milestone", "milestones", shapes.MILESTONE),
    "clocks.toml": ("clock", "clocks", shapes.CLOCK),
    "feeds.toml": ("feed", "feeds", shapes.FEED),
}
_HEAD = "pack.toml"


@dataclass(frozen=True)
class Source:
    """A file of a pack: where it is, its text and what TOML makes of it."""

    place: str
    text: str
    content: dict[str, Any]

    @cached_property
    def lines(self) -> dict[Path, int]:
        """The lines of its parts, worked out when the first fault asks."""
        return line_numbers(self.text)


@dataclass
class Builder:
    """Makes one pack; ``faults`` grows by what is wrong.

    ``is_whole`` is false where a file could not be read: names may then be missing without fault.
    """

    sources: Mapping[str, Source]
    faults: list[str]
    is_whole: bool = True
    posts: dict[str, dict[str, Any]] = field(default_factory=dict)

    def pack(self) -> Pack | None:
        """The pack, or None where even its head cannot be made out."""
        for name in self.sources:
            if name != _HEAD and name not in FILES:
                near = hint(name, [_HEAD, *FILES])
                self.note(name, (), f"a pack has no file of this name; {near}")
        head = None
        if _HEAD in self.sources:
            head = self.table(_HEAD, (), self.content(_HEAD), shapes.HEAD)
        found: dict[str, Any] = {field: self.file(name) for name, (_, field, _) in FILES.items()}
        del found["posts"]
        self.references()
        return None if head is None else Pack(**head, **found)

    def content(self, name: str) -> dict[str, Any]:
        return self.sources[name].content if name in self.sources else {}

    def note(self, file: str, path: Path, message: str) -> None:
        source = self.sources[file]
        self.faults.append(f"{source.place}:{nearest_line(source.lines, path)}: {message}")

    def file(self, name: str) -> tuple[Any, ...]:
        """The values of a file of one kind of table."""
        key, _, shape = FILES[name]
        content = self.content(name)
        for other in content:
            if other != key:
                self.note(name, (other,), f"this file holds [[{key}]] tables, not {other!r}.")
        tables = content.get(key, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.note(name, (key,), f"each {key} must be a table headed [[{key}]].")
            return ()
        self.twice(name, key, tables, "url" if "id" not in shape.readers else "id")
        found = (self.entry(name, (key, n), table, shape) for n, table in enumerate(tables))
        return tuple(value for value in found if value is not None)

    def twice(self, name: str, key: str, tables: list[dict[str, Any]], by: str) -> None:
        seen: dict[str, int] = {}
        for number, table in enumerate(tables):
            value = table.get(by)
            if not isinstance(value, str):
                continue
            if value in seen:
                first = nearest_line(self.sources[name].lines, (key, seen[value], by))
                message = f"the {by} {value!r} is taken already, on line {first}."
                self.note(name, (key, number, by), message)
            seen.setdefault(value, number)

    def entry(self, name: str, path: Path, table: dict[str, Any], shape: Shape) -> Any:
        values = self.table(name, path, table, shape)
        if values is None:
            return None
        if shape is shapes.POST:
            self.posts[values.pop("id")] = values
        if shape is shapes.PERSON and "offices" in values:
            offices = enumerate(values["offices"])
            made = [self.office(name, (*path, "offices", n), office) for n, office in offices]
            values["offices"] = tuple(office for office in made if office is not None)
        if shape is shapes.PERSON:
            values.setdefault("party", None)
        if shape is shapes.MILESTONE and "end" not in values:
            # A month or a year without an end is meant whole.
            values["end"] = shapes.last_day(table["start"])
        self.order(name, path, values, f"{path[0]} {values.get('id')!r}")
        return shape.value(**values)

    def office(self, name: str, path: Path, table: dict[str, Any]) -> Any:
        given = dict(table)
        post = given.pop("post", None)
        if post is not None and post not in self.posts:
            # One that is described, but wrongly, has its own fault.
            self.known(name, (*path, "post"), "post", post, self.ids("posts.toml", "post"))
            return None
        base = self.posts[post] if post is not None else {}
        values = self.table(name, path, given, shapes.OFFICE, base)
        if values is None:
            return None
        person = self.content(name)["person"][path[1]].get("id")
        self.order(name, path, values, f"the office of {person!r}")
        return shapes.OFFICE.value(**{**base, **values})

    def order(self, name: str, path: Path, values: Mapping[str, Any], what: str) -> None:
        start, end = values.get("start"), values.get("end")
        if start is not None and end is not None and end < start:
            self.note(name, (*path, "end"), f"{what} ends before it starts.")

    def table(
        self,
        name: str,
        path: Path,
        table: dict[str, Any],
        shape: Shape,
        given: Collection[str] = (),
    ) -> dict[str, Any] | None:
        """The values of one table by key, or None where one is wrong or missing."""
        before = len(self.faults)
        values = {}
        for key, value in table.items():
            reader = shape.readers.get(key)
            if reader is None:
                near = hint(key, shape.readers)
                self.note(name, (*path, key), f"the key {key!r} is not known; {near}")
                continue
            try:
                values[key] = reader(value)
            except WrongValueError as wrong:
                shown = ".".join(str(part) for part in (key, *wrong.below) if isinstance(part, str))
                self.note(name, (*path, key, *wrong.below), f"{shown} {wrong}.")
        for key in sorted(shape.required - table.keys() - set(given)):
            self.note(name, path, f"the key {key!r} is missing.")
        return values if len(self.faults) == before else None

    def references(self) -> None:
        """Note each party and organisation that no table of the pack describes."""
        known = {kind: self.ids(f"{plural}.toml", kind) for plural, kind in _REFERRED}
        for name, (key, _, _) in FILES.items():
            tables = self.content(name).get(key, [])
            for number, table in enumerate(tables if isinstance(tables, list) else []):
                if isinstance(table, dict):
                    self.refer(name, (key, number), table, known)

    def refer(
        self, name: str, path: Path, table: dict[str, Any], known: Mapping[str, Collection[str]]
    ) -> None:
        general = table.get("narrows_to")
        if isinstance(general, str):
            self.known(
                name, (*path, "narrows_to"), "issue", general, self.ids("issues.toml", "issue")
            )
        for key in ("kept_by", "resisted_by"):
            parties = table.get(key)
            for number, party in enumerate(parties if isinstance(parties, list) else []):
                self.known(name, (*path, key, number), "party", party, known["party"])
        for kind, ids in known.items():
            value = table.get(kind)
            if isinstance(value, str):
                self.known(name, (*path, kind), kind, value, ids)
        offices = table.get("offices")
        for number, office in enumerate(offices if isinstance(offices, list) else []):
            if isinstance(office, dict):
                self.refer(name, (*path, "offices", number), office, known)

    def known(self, name: str, path: Path, kind: str, value: Any, ids: Collection[str]) -> None:
        """Note a reference to what no table of the pack describes."""
        if value not in ids and self.is_whole:
            message = f"the {kind} {value!r} is not known in this pack; {hint(str(value), ids)}"
            self.note(name, path, message)

    def ids(self, name: str, key: str) -> list[str]:
        tables = self.content(name).get(key, [])
        ids = [table.get("id") for table in tables if isinstance(table, dict)]
        return [id for id in ids if isinstance(id, str)]


_REFERRED = (("parties", "party"), ("organisations", "organisation"))


def hint(name: str, known: Collection[str]) -> str:
    """The end of a sentence about an unknown *name*: the one that is meant, or all there are."""
    near = difflib.get_close_matches(name, list(known), n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"known are {', '.join(sorted(known))}." if known else "none is known."
