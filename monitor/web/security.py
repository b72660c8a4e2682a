"""What the OpenAPI document says of the token."""

from typing import Any

from fastapi import FastAPI

_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of [web] token. Reads on loopback need none.",
    },
    "password": {
        "type": "http",
        "scheme": "basic",
        "description": "The same token as the password of any user name.",
    },
}


def describe_tokens(app: FastAPI) -> None:
    """Have the document of *app* name the ways to send the token."""
    made = app.openapi

    def openapi() -> dict[str, Any]:
        document = made()
        document.setdefault("components", {})["securitySchemes"] = _SCHEMES
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # FastAPI's own way to extend it
