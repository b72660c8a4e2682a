"""The press world: invented outlets and what they print, dated around today."""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from zoneinfo import ZoneInfo

ROUNDS = 3
_TEMPLATE = re.compile(r"\{(date|dateyear|weekday|month|monthyear):([+-]\d+)\}")
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre",
}
_WEEKDAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}


@dataclass(frozen=True, slots=True)
class Story:
    """One article of an outlet, as it stands in a given round."""

    slug: str
    title: str
    byline: str
    summary: str
    text: str
    published: datetime
    round: int
    updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """An outlet, the form of its feed, and what it prints."""

    id: str
    name: str
    lang: str
    zone: str
    form: str
    articles: tuple[dict[str, Any], ...]

    def stories(self, today: date, now: datetime, round: int) -> list[Story]:
        """What the outlet has printed by *round*, newest first, with corrections made by then."""
        told = [
            _story(self, article, today, now, round)
            for article in self.articles
            if article["round"] <= round
        ]
        return sorted(told, key=lambda story: story.published, reverse=True)


def load_outlets() -> tuple[Outlet, ...]:
    """All outlets of the world."""
    folder = files("monitor.demo").joinpath("world")
    loaded = [
        tomllib.loads(entry.read_text(encoding="utf-8"))
        for entry in sorted(folder.iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    return tuple(
        Outlet(
            data["outlet"]["id"],
            data["outlet"]["name"],
            data["outlet"]["lang"],
            data["outlet"]["zone"],
            data["outlet"]["format"],
            tuple(data["article"]),
        )
        for data in loaded
    )


def _story(
    outlet: Outlet, article: dict[str, Any], today: date, now: datetime, round: int
) -> Story:
    corrections = [c for c in article.get("correction", ()) if c["round"] <= round]
    current = article | (corrections[-1] if corrections else {})

    def say(key: str) -> str:
        return render(str(current[key]), today, outlet.lang).strip()

    clock = time.fromisoformat(article["time"])
    local = datetime.combine(today + timedelta(article["day"]), clock, ZoneInfo(outlet.zone))
    # Nothing is printed before it happened, whatever the hour at which the demo is started.
    published = min(local.astimezone(UTC), now - timedelta(minutes=20))
    return Story(
        article["slug"],
        say("title"),
        str(article["byline"]),
        say("summary"),
        say("text"),
        published,
        article["round"],
        now - timedelta(minutes=5) if corrections else None,
    )


def render(template: str, today: date, lang: str) -> str:
    """*template* with its dates filled in, in the language's long form."""

    def fill(match: re.Match[str]) -> str:
        return _say(match[1], today + timedelta(days=int(match[2])), lang)

    return _TEMPLATE.sub(fill, template)


def _say(form: str, day: date, lang: str) -> str:
    month = _MONTHS[lang].split()[day.month - 1]
    if form == "weekday":
        return _WEEKDAYS[lang].split()[day.weekday()]
    if form.startswith("month"):
        joint = " de " if lang == "es" else " "
        return f"{month}{joint}{day.year}" if form == "monthyear" else month
    with_year = form == "dateyear"
    if lang == "en":
        return f"{month} {day.day}{f', {day.year}' if with_year else ''}"
    number = "1er" if lang == "fr" and day.day == 1 else str(day.day)
    joint = " de " if lang == "es" else " "
    return f"{number}{joint}{month}{f'{joint}{day.year}' if with_year else ''}"
