"""A strict reader of iCalendar (RFC 5545), for what a calendar here may hold."""

import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

_LINE = re.compile(
    r"(?P<name>[A-Z][A-Z0-9-]*)"
    r'(?P<parameters>(?:;[A-Z-]+=(?:"[^"\x00-\x1f]*"|[^";:,\x00-\x1f]*))*)'
    r":(?P<value>.*)",
    re.DOTALL,
)
_ONCE = {"UID", "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY"}
_ONCE |= {"DESCRIPTION", "STATUS", "TRANSP", "URL"}
_KNOWN = _ONCE | {"CATEGORIES"}


@dataclass
class Component:
    """A component: its name, its properties with their parameters, and those within it."""

    name: str
    properties: dict[str, list[tuple[dict[str, str], str]]] = field(default_factory=dict)
    within: list["Component"] = field(default_factory=list)

    def value(self, name: str) -> str:
        """The raw value of a property that stands here once."""
        ((_, value),) = self.properties[name]
        return value

    def text(self, name: str) -> str:
        """The value of a TEXT property, unescaped."""
        value = self.value(name)
        assert not re.search(r"(?<!\\)(?:\\\\)*[;,]", value), value
        assert not re.search(r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value), value
        return re.sub(
            r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL
        )

    def day(self, name: str) -> date:
        """The value of a property that is a DATE."""
        ((parameters, value),) = self.properties[name]
        assert parameters == {"VALUE": "DATE"}
        return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()

    def moment(self, name: str) -> datetime:
        """The value of a property that is a time in UTC."""
        return datetime.strptime(self.value(name), "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def read_calendar(data: bytes) -> Component:
    """The calendar in *data*; asserts that it keeps to the standard."""
    assert data.endswith(b"\r\n")
    lines = data[:-2].split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line and b"\r" not in line for line in lines)
    for line in lines:
        line.decode()  # no character is cut
    top = Component("")
    open_ones = [top]
    for line in data.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n"):
        found = _LINE.fullmatch(line)
        assert found, line
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", found["value"]), line
        name, value = found["name"], found["value"]
        if name == "BEGIN":
            open_ones[-1].within.append(Component(value))
            open_ones.append(open_ones[-1].within[-1])
        elif name == "END":
            assert open_ones.pop().name == value
        else:
            parameters = dict(part.split("=", 1) for part in found["parameters"].split(";") if part)
            open_ones[-1].properties.setdefault(name, []).append((parameters, value))
    assert open_ones == [top]
    (calendar,) = top.within
    _check(calendar)
    return calendar


def _check(calendar: Component) -> None:
    assert calendar.name == "VCALENDAR"
    assert calendar.value("VERSION") == "2.0"
    assert calendar.value("PRODID")
    uids = [event.text("UID") for event in calendar.within]
    assert len(uids) == len(set(uids))
    for event in calendar.within:
        assert event.name == "VEVENT"
        assert not event.within, "alarms are off"
        assert event.properties.keys() <= _KNOWN
        assert all(len(event.properties.get(name, ())) <= 1 for name in _ONCE)
        assert event.moment("CREATED") <= event.moment("LAST-MODIFIED")
        assert event.moment("DTSTAMP")
        assert event.day("DTSTART") < event.day("DTEND")
        assert int(event.value("SEQUENCE")) >= 0
        assert event.text("SUMMARY")
        assert event.value("STATUS") in {"TENTATIVE", "CONFIRMED", "CANCELLED"}
        assert event.value("TRANSP") in {"OPAQUE", "TRANSPARENT"}
