"""A change as the message that receivers get."""

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

from storage.columns import storable, utc_text

MAX_BODY = 20_000


@dataclass(frozen=True, slots=True)
class Message:
    """A message's id (the same over retries, replays and endpoints) and its body."""

    id: str
    body: bytes


def message_of(topic: str, at: datetime, seq: int, event_id: str | None, snapshot: str) -> Message:
    """The message of a change. The same change gives the same bytes, at every attempt.

    The body stays under 20 kB: evidence beyond the first article is left out where it must be.
    """
    data = json.loads(snapshot)
    name = hashlib.sha256(f"{seq}\x1f{event_id}\x1f{utc_text(at)}".encode()).hexdigest()[:24]
    body = _render(topic, at, seq, data)
    while len(body) > MAX_BODY and len(data.get("evidence", ())) > 1:
        data["evidence"] = data["evidence"][: len(data["evidence"]) // 2]
        body = _render(topic, at, seq, data)
    return Message(f"evt_{name}", body)


def _render(topic: str, at: datetime, seq: int, data: dict[str, object]) -> bytes:
    message = {"type": topic, "timestamp": utc_text(at), "data": data | {"seq": seq}}
    # JSON can name half a surrogate pair, UTF-8 cannot hold it.
    return storable(json.dumps(message, ensure_ascii=False, separators=(",", ":"))).encode()
