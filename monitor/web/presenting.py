"""Templates, and what they may call. Everything is escaped: an article's words stay words."""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from jinja2 import Environment, FunctionLoader, StrictUndefined
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from monitor.web import wording
from monitor.web.interface import ENGLISH, LANGUAGES, PARAMETER, Texts, texts_for, texts_in
from monitor.web.services import Names, WebServices
from storage.queries import BadFilterError

_YEAR = 365 * 86_400
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
        self._environment.filters["web_link"] = wording.web_link
        self._environment.globals.update(version=services.version, banner=services.banner)

    def page(
        self,
        request: Request,
        template: str,
        values: Mapping[str, Any],
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The *template* filled with *values*, in the words that the *request* asks for."""
        try:
            texts = texts_for(request)
        except BadFilterError:
            if status < 400:
                raise
            texts = ENGLISH
        text = self._environment.get_template(template).render(
            values,
            **_words(texts, self._services),
            languages=_languages(request.query_params),
        )
        response = HTMLResponse(text.encode("utf-8", "replace"), status, headers)
        response.headers["Vary"] = "Accept-Language, Cookie"
        if request.query_params.get(PARAMETER) == texts.lang:
            # So that every link need not repeat it. It says nothing but the language.
            response.set_cookie(
                PARAMETER, texts.lang, max_age=_YEAR, path="/", httponly=True, samesite="lax"
            )
        return response


def _words(texts: Texts, services: WebServices) -> dict[str, Any]:
    """What templates call for words, dates and numbers in one language."""
    now = services.now()
    today = now.date()
    return {
        "t": texts,
        "issue_name": lambda issue, known=None: name_in(
            services.issue_names, issue, texts.lang, known
        ),
        "party_name": lambda party: name_in(services.party_names, party, texts.lang),
        "day": lambda day: wording.day_words(day, texts),
        "time": lambda moment: wording.time_words(moment, texts),
        "ago": lambda moment: wording.ago_words(moment, now, texts),
        "days_left": lambda due, end: wording.days_left(due, end, today, texts),
        "is_past": lambda due, end: wording.is_past(due, end, today),
        "due_words": lambda due, end, precision, text: wording.due_words(
            due, end, precision, text, texts
        ),
        "speaker_words": lambda name, role, body: wording.speaker_words(name, role, body, texts),
    }


def name_in(names: Names, id: str, lang: str, known: str | None = None) -> str:
    """What the packs call *id* in *lang*, or in English; else the name that is *known*, or *id*."""
    found = names.get(id, {})
    return found.get(lang) or found.get("en") or known or id


def _languages(params: QueryParams) -> list[tuple[str, str, str]]:
    """Each language, its name, and the address of this page in it."""
    kept = [(name, value) for name, value in params.multi_items() if name != PARAMETER]
    return [
        (lang, texts_in(lang).name, f"?{urlencode([*kept, (PARAMETER, lang)])}")
        for lang in LANGUAGES
    ]


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
