"""Standard Webhooks 1.0 signatures (https://www.standardwebhooks.com)."""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Sequence

from monitor.errors import UsageError

_PREFIX = "whsec_"
_FEWEST, _MOST = 24, 64


def new_secret() -> str:
    """A fresh secret of 32 random bytes."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()


def checked_secret(secret: str) -> str:
    """*secret*, if it is ``whsec_`` and 24 to 64 bytes in base64.

    Raises :class:`UsageError` otherwise, without showing it.
    """
    try:
        key = base64.b64decode(secret.removeprefix(_PREFIX), validate=True)
    except ValueError:
        key = b""
    if not secret.startswith(_PREFIX) or not _FEWEST <= len(key) <= _MOST:
        raise UsageError(
            f"The secret must be {_PREFIX} followed by {_FEWEST} to {_MOST} bytes in base64; "
            "leave it out to have one made."
        )
    return secret


def signature(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """One signature of a message, ``v1,`` and HMAC-SHA256 in base64."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{timestamp}.".encode() + body
    digest = hmac.new(key, signed, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def signature_header(
    secrets_in_force: Sequence[str], message_id: str, timestamp: int, body: bytes
) -> str:
    """The header ``webhook-signature``: one signature for each secret in force."""
    return " ".join(signature(s, message_id, timestamp, body) for s in secrets_in_force)
