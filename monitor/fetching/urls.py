"""When two addresses are one page."""

from urllib.parse import urlsplit

from courlan import normalize_url


def url_key(url: str) -> str:
    """What identifies the page at *url*: without scheme, ``www.``, tracking and last slash.

    courlan's ``normalize_url`` drops what is known to track and nothing else; unknown parameters
    tell pages apart.
    """
    try:
        normal = str(normalize_url(url.strip()))
        parts = urlsplit(normal)
        host = (parts.netloc or "").lower().removeprefix("www.")
    except ValueError:
        return url.strip()
    if not host:
        return url.strip()
    path = parts.path.rstrip("/")
    return f"{host}{path}{'?' + parts.query if parts.query else ''}"
