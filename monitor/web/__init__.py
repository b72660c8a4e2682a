"""The web room: the page, the API, feeds, the calendar and what an operator watches."""

from monitor.web.app import create_app
from monitor.web.services import WebServices

__all__ = ["WebServices", "create_app"]
