"""Walls against machines: an answer that wants to see a person, and who put it there."""

from collections.abc import Mapping

# Sent where the wall stood in the way, whatever the status.
_MITIGATED = {"cf-mitigated": "Cloudflare", "x-amzn-waf-action": "AWS WAF"}
# Sent with every answer of a site behind the wall: they tell something with a refusal alone.
_GUARDED = {
    "x-datadome": "DataDome",
    "x-dd-b": "DataDome",
    "x-sucuri-block": "Sucuri",
    "x-px-block-id": "HUMAN",
    "x-iinfo": "Imperva",
}
_REFUSALS = frozenset({401, 403, 405, 406, 429, 503})


def wall_of(status: int, headers: Mapping[str, str]) -> str | None:
    """Whose wall an answer comes from (``Cloudflare``, ``DataDome`` …), or None.

    *headers* have their names in lower case.
    """
    for header, name in _MITIGATED.items():
        if header in headers:
            return name
    if status not in _REFUSALS:
        return None
    return next((name for header, name in _GUARDED.items() if header in headers), None)


def refusal(url: str, status: int, headers: Mapping[str, str]) -> str:
    """What an answer without a document says, as a sentence without its full stop."""
    wall = wall_of(status, headers)
    if wall is None:
        return f"{url} answered with HTTP status {status}"
    return (
        f"{url} answered with HTTP status {status}: a wall of {wall} wants to see a person; "
        "ask the publisher for access"
    )
