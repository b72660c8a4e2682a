"""The page's own words in the reader's language. An article's words are never translated."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from starlette.requests import Request

from storage.queries import BadFilterError

LANGUAGES = ("en", "fr", "es")
PARAMETER = "ui"  # also the cookie's name
Lines = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one language, by dotted keys."""

    lang: str
    name: str
    singular: frozenset[int]
    thousands: str
    months: tuple[str, ...]
    short_months: tuple[str, ...]
    lines: Lines

    def __call__(self, key: str, **values: object) -> str:
        """The text under *key* with *values* put in. Raises KeyError where there is none."""
        return self.lines[key].format(**values) if values else self.lines[key]

    def count(self, key: str, number: int) -> str:
        """So many of what stands under *key*: "1 quote", "2,000 quotes"."""
        form = "one" if number in self.singular else "many"
        return self.lines[f"{key}.{form}"].format(n=self.number(number))

    def number(self, number: int) -> str:
        """A whole number in figures."""
        return f"{number:,}".replace(",", self.thousands)

    def word(self, group: str, id: object) -> str:
        """How the id of a closed set is called; an id that is not known stays as it is."""
        return self.lines.get(f"{group}.{id}", str(id))


@cache
def texts_in(lang: str) -> Texts:
    """The texts of *lang*, one of :data:`LANGUAGES`."""
    source = files("monitor.web") / "texts" / f"{lang}.toml"
    data = tomllib.loads(source.read_text(encoding="utf-8"))
    dates = data["dates"]
    months, short = dates.pop("months"), dates.pop("short_months")
    return Texts(
        lang,
        data["name"],
        frozenset(data.pop("singular")),
        data.pop("thousands"),
        tuple(months),
        tuple(short),
        dict(_flat(data)),
    )


def _flat(data: Mapping[str, Any], path: str = "") -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{path}{key}.")
        else:
            yield f"{path}{key}", value


ENGLISH = texts_in("en")


def texts_for(request: Request) -> Texts:
    """The texts that a reader asks for.

    By ``ui`` in the address, else as asked before, else by the browser's languages, else English.
    Raises :class:`BadFilterError` where ``ui`` is no language of ours.
    """
    asked = request.query_params.get(PARAMETER)
    if asked:
        if asked not in LANGUAGES:
            raise BadFilterError(f"The parameter ui must be one of {', '.join(LANGUAGES)}.")
        return texts_in(asked)
    kept = request.cookies.get(PARAMETER)
    if kept in LANGUAGES:
        return texts_in(kept)
    accepted = _accepted(request.headers.get("accept-language", ""))
    return texts_in(next((lang for lang in accepted if lang in LANGUAGES), "en"))


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, the dearest first."""
    weighed: list[tuple[float, str]] = []
    for part in header[:500].split(","):
        tag, _, weight = part.strip().partition(";q=")
        try:
            quality = float(weight or 1)
        except ValueError:
            quality = 0.0
        if 0 < quality <= 1:
            weighed.append((quality, tag.strip().lower().partition("-")[0]))
    return [lang for _, lang in sorted(weighed, key=lambda item: -item[0])]
