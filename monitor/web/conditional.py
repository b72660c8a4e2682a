"""Conditional answers (RFC 9110, section 13): nothing is sent again to who has it already.

An entity tag has two parts: the state that the answer was made from, and what it says. While the
outbox stands still the first part alone tells that nothing is new, and no row is read for it.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from monitor.web.services import Reading
from storage.outbox import last_seq

# What changes without the outbox (an article's title, what retention removes) shows by then.
_OLDEST_SECONDS = 300
_MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class Conditional:
    """Answers requests from the store, or says that the client has the answer."""

    reading: Reading
    version: str
    now: Callable[[], datetime]

    def answer(
        self,
        request: Request,
        read: Callable[[Connection], bytes],
        media_type: str,
        *,
        told: bool = True,
    ) -> Response:
        """What *read* makes of the store, or 304 without a body.

        *told* says that all it is made of is told in the outbox.
        """
        with self.reading() as connection:
            state = self._state(request, connection) if told else ""
            for tag in _known(request):
                if state and tag.startswith(f'"{state}.'):
                    return _not_modified(tag)
            body = read(connection)
        made = f'"{state}.{_digest(body)}"' if state else tag_of(body)
        if is_known(request, tag_of(body)):
            return _not_modified(made)
        return Response(body, headers={"ETag": made, "Content-Type": media_type})

    def _state(self, request: Request, connection: Connection) -> str:
        """What stands for the state of the store, and for all else that an answer depends on."""
        period = int(self.now().timestamp()) // _OLDEST_SECONDS
        parts = (self.version, str(request.url), str(last_seq(connection)), str(period))
        return _digest("\n".join(parts).encode("utf-8", "replace"))[:16]


def tag_of(body: bytes) -> str:
    """The entity tag of an answer with this *body*, whatever state it was made from."""
    return f'"{_digest(body)}"'


def is_known(request: Request, tag: str) -> bool:
    """Whether the client says that it has what *tag* stands for."""
    wanted = _said(tag)
    return any(known == "*" or _said(known) == wanted for known in _known(request))


def _known(request: Request) -> list[str]:
    """The entity tags that the client has, without what says that they are weak."""
    listed = ",".join(request.headers.getlist("if-none-match")).split(",")
    return [item.strip().removeprefix("W/") for item in listed[:_MOST_TAGS]]


def _said(tag: str) -> str:
    return tag.strip('"').rpartition(".")[2]


def _not_modified(tag: str) -> Response:
    return Response(status_code=304, headers={"ETag": tag})


def _digest(body: bytes) -> str:
    return hashlib.sha256(body).hexdigest()[:32]
