"""A receiver of nafta-monitor's webhooks with FastAPI.

    pip install fastapi uvicorn standardwebhooks
    WEBHOOK_SECRET=whsec_… uvicorn receiver:app --port 9000

It verifies each message with the library of Standard Webhooks, takes each once (a message can come
twice), keeps of each event the newest state (an old one can come late), and answers soon.
"""

import os
import sqlite3
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from standardwebhooks import Webhook, WebhookVerificationError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY, seq INTEGER, topic TEXT);
CREATE TABLE IF NOT EXISTS event (id TEXT PRIMARY KEY, seq INTEGER, text TEXT);
"""

# While a secret rotates, name both, with a space between.
_webhooks = [Webhook(secret) for secret in os.environ["WEBHOOK_SECRET"].split()]
_store = os.environ.get("WEBHOOK_STORE", "received.db")

app = FastAPI()


@app.post("/hook", status_code=204)
async def receive(request: Request) -> None:
    """Take a message: 204 says that it is kept, 400 that it is not from nafta-monitor."""
    body = await request.body()
    message = _verified(body, dict(request.headers))
    await run_in_threadpool(_keep, request.headers["webhook-id"], message)


def _verified(body: bytes, headers: dict[str, str]) -> dict[str, Any]:
    """The message, if one of the secrets signed exactly these bytes within five minutes."""
    for webhook in _webhooks:
        try:
            message: dict[str, Any] = webhook.verify(body, headers)
        except WebhookVerificationError:
            continue
        return message
    raise HTTPException(400, "the signature is wrong, or the message is old")


def _keep(message_id: str, message: dict[str, Any]) -> None:
    """Note a message once; its event's state replaces an older one."""
    data = message["data"]
    event = (data.get("id"), data["seq"], data.get("text") or data.get("what"))
    store = sqlite3.connect(_store, timeout=10)
    try:
        with store:
            store.executescript(_SCHEMA)
            noted = store.execute(
                "INSERT OR IGNORE INTO message VALUES (?, ?, ?)",
                (message_id, data["seq"], message["type"]),
            )
            if noted.rowcount and event[0] is not None:
                store.execute(
                    "INSERT INTO event VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE "
                    "SET seq = excluded.seq, text = excluded.text WHERE excluded.seq > seq",
                    event,
                )
    finally:
        store.close()
