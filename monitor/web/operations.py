"""What an operator and their tools watch: metrics, health, readiness."""

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.responses import Response

from monitor.web.encoding import json_response
from monitor.web.schema import answers
from monitor.web.services import WebServices
from storage.migrate import require_current

_TEXT = {"type": "string"}
_STATE = {"type": "object", "properties": {"status": {"type": "string"}}}


def operations_routes(services: WebServices) -> APIRouter:
    """The routes ``/metrics``, ``/healthz`` and ``/readyz``."""
    router = APIRouter(tags=["operations"])

    @router.get(
        "/metrics",
        summary="Counters for Prometheus.",
        response_class=Response,
        responses=answers(_TEXT, "text/plain"),
    )
    def metrics() -> Response:
        return Response(
            generate_latest(services.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    @router.get(
        "/healthz",
        summary="Whether the process answers.",
        response_class=Response,
        responses=answers(_STATE),
    )
    async def healthz() -> Response:
        # On the loop itself: it must answer while every thread waits for the database.
        return json_response({"status": "ok", "version": services.version})

    @router.get(
        "/readyz",
        summary="Whether the database answers and has this version's schema.",
        response_class=Response,
        responses=answers(_STATE),
    )
    def readyz() -> Response:
        require_current(services.database)
        return json_response({"status": "ready"})

    return router
