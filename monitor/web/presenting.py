"""Templates, and what they may call. Everything is escaped: an article's words stay words."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from monitor.web import wording
from monitor.web.services import WebServices

_STATIC_TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}


class Presenter:
    """Renders the templates over one set of services."""

    def __init__(self, services: WebServices) -> None:
        self._services = services
        self._environment = Environment(
            loader=FunctionLoader(_template),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters.update(
            day=wording.day_words,
            time=wording.time_words,
            web_link=wording.web_link,
            plural=_plural,
        )
        self._environment.globals.update(
            due_words=wording.due_words,
            speaker_words=wording.speaker_words,
            version=services.version,
            banner=services.banner,
        )

    def page(
        self,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The *template* filled with *values* as a response."""
        now = self._services.now()
        text = self._environment.get_template(template).render(
            values,
            days_left=lambda due, end: wording.days_left(due, end, now.date()),
            ago=lambda moment: wording.ago_words(moment, now),
        )
        return HTMLResponse(text.encode("utf-8", "replace"), status, headers)


def static_files() -> dict[str, tuple[bytes, str]]:
    """The files under ``/static/``: name → content and type. There are no others."""
    folder = files("monitor.web") / "static"
    return {
        item.name: (item.read_bytes(), _STATIC_TYPES[item.name.rpartition(".")[2]])
        for item in folder.iterdir()
        if item.name.rpartition(".")[2] in _STATIC_TYPES
    }


def _template(name: str) -> str:
    return (files("monitor.web") / "templates" / name).read_text(encoding="utf-8")


def _plural(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
