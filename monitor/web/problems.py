"""Errors as RFC 9457 problem details; a browser that asks for a page gets them as a page."""

from collections.abc import Mapping
from http import HTTPStatus

import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from monitor.errors import UsageError
from monitor.web.presenting import Presenter
from storage.errors import BusyError, StorageError
from storage.queries import BadFilterError

log = structlog.get_logger()

MEDIA_TYPE = "application/problem+json"


class NotFoundError(Exception):
    """There is nothing under this address; the message says what was looked for."""


def problem(
    status: int, detail: str, path: str, headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """The response that tells of a problem."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": path,
    }
    return JSONResponse(content, status, headers, media_type=MEDIA_TYPE)


def handle_problems(app: FastAPI, presenter: Presenter) -> None:
    """Have *app* answer each kind of error with its status and one sentence."""

    def answer(
        request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None
    ) -> Response:
        if _wants_page(request):
            return presenter.page(
                request,
                "problem.html",
                {"status": status, "heading": HTTPStatus(status).phrase, "detail": detail},
                status=status,
                headers=headers,
            )
        return problem(status, detail, request.url.path, headers)

    async def bad_filter(request: Request, error: Exception) -> Response:
        return answer(request, 400, str(error))

    async def bad_body(request: Request, error: Exception) -> Response:
        assert isinstance(error, RequestValidationError)
        return answer(request, 422, _faults(error))

    async def bad_wish(request: Request, error: Exception) -> Response:
        return answer(request, 422, str(error))

    async def not_found(request: Request, error: Exception) -> Response:
        return answer(request, 404, str(error))

    async def http_error(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        detail = _DETAILS.get(error.status_code, str(error.detail))
        return answer(request, error.status_code, detail, error.headers)

    async def unusable_store(request: Request, error: Exception) -> Response:
        headers = {"Retry-After": "5"} if isinstance(error, BusyError) else None
        return answer(request, 503, str(error), headers)

    async def no_connection(request: Request, error: Exception) -> Response:  # noqa: ARG001
        detail = "No database connection is free; try again in a moment."
        return answer(request, 503, detail, {"Retry-After": "5"})

    async def unexpected(request: Request, error: Exception) -> Response:
        log.error("request failed", path=request.url.path, error=type(error).__name__)
        return answer(request, 500, "Something went wrong here; the log says what.")

    app.add_exception_handler(BadFilterError, bad_filter)
    app.add_exception_handler(RequestValidationError, bad_body)
    app.add_exception_handler(UsageError, bad_wish)
    app.add_exception_handler(NotFoundError, not_found)
    app.add_exception_handler(HTTPException, http_error)
    app.add_exception_handler(StorageError, unusable_store)
    app.add_exception_handler(PoolTimeoutError, no_connection)
    app.add_exception_handler(Exception, unexpected)


_DETAILS = {
    404: "There is nothing under this address.",
    405: "This address does not take that method.",
    413: "The body is too long.",
}


def _faults(error: RequestValidationError) -> str:
    """What is wrong with a body, in one sentence."""
    found = []
    for fault in error.errors()[:5]:
        place = ".".join(map(str, fault["loc"][1:])) or "it"
        found.append(f"{place}: {str(fault['msg']).rstrip('.')}")
    return f"The body cannot be used ({'; '.join(found)})."


def _wants_page(request: Request) -> bool:
    path = request.url.path
    machine = path.startswith(("/api/", "/feeds/", "/metrics", "/healthz", "/readyz"))
    return "text/html" in request.headers.get("accept", "") and not machine
