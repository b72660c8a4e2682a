"""Endpoints' secrets at rest: encrypted where the settings hold a key."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken

from storage.errors import StorageError

_SEALED = "sealed:"


class SecretBox:
    """Seals and opens secrets with ``[webhooks] secret_key``; without a key they stay plain."""

    def __init__(self, key: str | None) -> None:
        self._fernet = None
        if key:
            digest = hashlib.scrypt(
                key.encode(), salt=b"nafta-monitor", n=2**14, r=8, p=1, dklen=32
            )
            self._fernet = Fernet(base64.urlsafe_b64encode(digest))

    def seal(self, secret: str) -> str:
        """The form in which *secret* is stored."""
        if self._fernet is None:
            return secret
        return _SEALED + self._fernet.encrypt(secret.encode()).decode()

    def open(self, stored: str) -> str:
        """The secret behind a stored form.

        Raises :class:`StorageError` where it was sealed with a key that the settings do not hold.
        """
        if not stored.startswith(_SEALED):
            return stored
        if self._fernet is None:
            raise StorageError(
                "The webhooks' secrets are encrypted; set [webhooks] secret_key to the key."
            )
        try:
            return self._fernet.decrypt(stored.removeprefix(_SEALED).encode()).decode()
        except InvalidToken as error:
            raise StorageError(
                "[webhooks] secret_key is not the key with which the secrets were encrypted; "
                "set the old one, or give the endpoints new secrets with "
                "`nafta-monitor webhooks rotate-secret`."
            ) from error
