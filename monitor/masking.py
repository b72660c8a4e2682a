"""Keeping what an address may hold in confidence: passwords and tokens, wherever text is shown."""

import re

_USER = re.compile(r"(?<=://)[^/?#@\s]*@")
_SECRET_VALUE = re.compile(
    r"([?&;][\w.-]*(?:key|token|secret|passw|auth|sig|hash|session)[\w.-]*=)[^&;#\s]+",
    re.IGNORECASE,
)


def masked(text: str) -> str:
    """The *text* with user names and secret parameters of the addresses in it as ``***``."""
    return _SECRET_VALUE.sub(r"\1***", _USER.sub("***@", text))
