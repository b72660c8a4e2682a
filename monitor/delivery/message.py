"""A change as the message that receivers get."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from storage.columns import storable, utc_text

MAX_BODY = 20_000
_LONG_TEXTS = ("context", "text", "what", "consequence", "last_error")
_SHORTEST_CUT = 200


@dataclass(frozen=True, slots=True)
class Message:
    """A message's id (the same over retries, replays and endpoints) and its body."""

    id: str
    body: bytes


def message_of(topic: str, at: datetime, seq: int, event_id: str | None, snapshot: str) -> Message:
    """The message of a change. The same change gives the same bytes, at every attempt.

    The body stays under 20 kB: evidence beyond the first article, past dates and the ends of long
    texts are left out where it must be; ``more`` then is the event's path in the API.
    """
    data = json.loads(snapshot)
    name = hashlib.sha256(f"{seq}\x1f{event_id}\x1f{utc_text(at)}".encode()).hexdigest()[:24]
    body = _render(topic, at, seq, data)
    while len(body) > MAX_BODY and _shorten(data):
        if event_id is not None:
            data |= {"truncated": True, "more": f"/api/v1/events/{event_id}"}
        body = _render(topic, at, seq, data)
    return Message(f"evt_{name}", body)


def _shorten(data: dict[str, Any]) -> bool:
    """Halve what can best be spared; False where nothing is left to halve."""
    for name in ("evidence", "history"):
        items = data.get(name) or ()
        if len(items) > 1:
            # The first article and the newest move matter most.
            half = len(items) // 2
            data[name] = items[:half] if name == "evidence" else items[-half:]
            return True
    texts = [name for name in _LONG_TEXTS if len(data.get(name) or "") > _SHORTEST_CUT]
    if not texts:
        return False
    longest = max(texts, key=lambda name: len(data[name]))
    data[longest] = f"{data[longest][: len(data[longest]) // 2]}…"
    return True


def _render(topic: str, at: datetime, seq: int, data: dict[str, object]) -> bytes:
    message = {"type": topic, "timestamp": utc_text(at), "data": data | {"seq": seq}}
    # JSON can name half a surrogate pair, UTF-8 cannot hold it.
    return storable(json.dumps(message, ensure_ascii=False, separators=(",", ":"))).encode()
