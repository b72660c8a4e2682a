"""The routes of webhooks: listing the receivers and changing them."""

from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.conditional import Conditional
from monitor.web.encoding import envelope_bytes, json_response
from monitor.web.parameters import given, whole_number
from monitor.web.schema import answers, plain_parameters, written
from monitor.web.services import Reading, WebServices
from monitor.web.shapes import DELIVERIES, ENDPOINT, ENDPOINTS, REPLAYED, SECRET, TESTED
from monitor.web.webhooks import shown_deliveries, shown_endpoint, shown_endpoints
from monitor.web.writes import (
    NewSecret,
    NewWebhook,
    Receivers,
    Replay,
    WebhookUpdate,
    named,
)
from storage.endpoints import EndpointRow
from storage.queries import MAX_LIMIT, BadFilterError

_JSON = "application/json"
_STATES = ("pending", "delivered", "dead", "cancelled")
_GREATEST = 2**63 - 1


def receiver_routes(services: WebServices, reading: Reading, conditional: Conditional) -> APIRouter:
    """The routes under ``/api/v1/webhooks``; those that change something need the token."""
    router = APIRouter(prefix="/api/v1/webhooks", tags=["webhooks"])
    _add_reads(router, reading, conditional)
    _add_writes(router, Receivers(services), reading)
    return router


def _add_reads(router: APIRouter, reading: Reading, conditional: Conditional) -> None:
    def webhooks(request: Request) -> Response:
        values = given(request.query_params, ("limit", "cursor"))
        limit, after = _page(values, 0)
        return conditional.answer(
            request,
            lambda connection: envelope_bytes(*shown_endpoints(connection, limit, after)),
            _JSON,
            told=False,
        )

    def webhook(request: Request, endpoint_id: str) -> Response:
        given(request.query_params, ())
        return json_response(shown_endpoint(_read(reading, endpoint_id)))

    def deliveries(request: Request, endpoint_id: str) -> Response:
        values = given(request.query_params, ("state", "limit", "cursor"))
        limit, before = _page(values, _GREATEST)
        state = values.get("state")
        if state is not None and state not in _STATES:
            raise BadFilterError(f"The state must be one of {', '.join(_STATES)}.")
        return conditional.answer(
            request,
            lambda connection: envelope_bytes(
                *shown_deliveries(
                    connection, named(connection, endpoint_id).id, state, limit, before
                )
            ),
            _JSON,
            told=False,
        )

    pages = plain_parameters("limit", "cursor")
    state = {"name": "state", "in": "query", "description": "How far a delivery is.",
             "schema": {"type": "string", "enum": [*_STATES]}}  # fmt: skip
    for path, endpoint, about, schema, asked, missing in (
        ("", webhooks, "The receivers of webhooks, without their secrets.", ENDPOINTS, pages,
         False),
        ("/{endpoint_id}", webhook, "One receiver.", ENDPOINT, [], True),
        ("/{endpoint_id}/deliveries", deliveries, "What was or will be sent to it, newest first.",
         DELIVERIES, [state, *pages], True),
    ):  # fmt: skip
        router.add_api_route(
            path,
            endpoint,
            name=f"list_{endpoint.__name__}",
            summary=about,
            response_class=Response,
            responses=answers(schema, missing=missing, conditional=endpoint is not webhook),
            openapi_extra={"parameters": asked} if asked else None,
        )


def _add_writes(router: APIRouter, receivers: Receivers, reading: Reading) -> None:
    def add_webhook(request: Request, asked: NewWebhook) -> Response:
        made = receivers.add(asked)
        answer = _secret(made, status=201)
        answer.headers["Location"] = f"{request.url.path}/{made['endpoint_id']}"
        return answer

    def update_webhook(endpoint_id: str, asked: WebhookUpdate) -> Response:
        return json_response(receivers.update(endpoint_id, asked))

    def remove_webhook(endpoint_id: str) -> Response:
        receivers.remove(endpoint_id)
        return Response(status_code=204)

    def enable_webhook(endpoint_id: str) -> Response:
        return json_response(receivers.enable(endpoint_id))

    def rotate_secret(endpoint_id: str, asked: NewSecret) -> Response:
        return _secret(receivers.rotate(endpoint_id, asked))

    def replay_deliveries(endpoint_id: str, asked: Replay) -> Response:
        return json_response(receivers.replay(endpoint_id, asked))

    async def test_webhook(endpoint_id: str) -> Response:
        endpoint = await run_in_threadpool(_read, reading, endpoint_id)
        return json_response(await receivers.test(endpoint))

    one = "/{endpoint_id}"
    for method, path, endpoint, about, schema in (
        ("POST", "", add_webhook, "Tell a receiver of changes; the answer holds its secret.",
         SECRET),
        ("PATCH", one, update_webhook, "Change a receiver's address or what it gets.", ENDPOINT),
        ("DELETE", one, remove_webhook, "Forget a receiver and what was to be sent to it.", None),
        ("POST", f"{one}/test", test_webhook, "Send a signed test message now.", TESTED),
        ("POST", f"{one}/enable", enable_webhook, "Send to a disabled receiver again.", ENDPOINT),
        ("POST", f"{one}/rotate-secret", rotate_secret, "Give a receiver a new secret.", SECRET),
        ("POST", f"{one}/replay", replay_deliveries, "Send deliveries again.", REPLAYED),
    ):  # fmt: skip
        status = 201 if endpoint is add_webhook else 204 if schema is None else 200
        router.add_api_route(
            path,
            endpoint,
            methods=[method],
            name=endpoint.__name__,
            status_code=status,
            summary=about,
            response_class=Response,
            responses=written(schema, status, missing=bool(path)),
            openapi_extra={"security": [{"token": []}]},
        )


def _page(values: dict[str, str], start: int) -> tuple[int, int]:
    """How many rows, and the number that the page begins at."""
    limit = whole_number(values.get("limit", "50"), "limit", 1, MAX_LIMIT)
    return limit, whole_number(values.get("cursor", str(start)), "cursor", 0, _GREATEST)


def _read(reading: Reading, endpoint_id: str) -> EndpointRow:
    with reading() as connection:
        return named(connection, endpoint_id)


def _secret(value: dict[str, Any], status: int = 200) -> Response:
    """An answer that nobody on the way may keep."""
    answer = json_response(value, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer
