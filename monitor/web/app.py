"""The web application, put together."""

from fastapi import FastAPI

from monitor.web.api import EXPORTS, api_routes
from monitor.web.changes import changes_routes
from monitor.web.conditional import Conditional
from monitor.web.exports import export_routes
from monitor.web.guard import Guard
from monitor.web.kept import Kept
from monitor.web.operations import operations_routes
from monitor.web.pages import page_routes
from monitor.web.presenting import Presenter
from monitor.web.problems import handle_problems
from monitor.web.receivers import receiver_routes
from monitor.web.security import describe_tokens
from monitor.web.services import Reading, WebServices
from monitor.web.subscriptions import subscription_routes


def create_app(services: WebServices) -> FastAPI:
    """The ASGI application over *services*; it opens nothing and starts nothing of its own."""
    app = FastAPI(
        title="nafta-monitor",
        summary="Who said what, what is due when, who wants what in the negotiation.",
        version=services.version,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
    )
    reading = Reading(services.database)
    conditional = Conditional(reading, services.version, services.now)
    presenter, kept = Presenter(services), Kept()
    app.include_router(export_routes(reading, EXPORTS))
    app.include_router(api_routes(conditional))
    app.include_router(changes_routes(reading, services.stopping, conditional))
    app.include_router(receiver_routes(services, reading, conditional))
    app.include_router(subscription_routes(conditional, services.issue_names))
    app.include_router(operations_routes(services))
    app.include_router(page_routes(services, reading, presenter, kept))
    handle_problems(app, presenter)
    describe_tokens(app)
    app.add_middleware(Guard, services=services)
    return app
