"""What is cut from a feed before it is parsed, because parsing it would take for ever."""

import re

from monitor.articles.pages import OVERGROWN_TAG

# A poll takes no more entries from one document; feeds give the newest first.
MAX_ENTRIES = 5000
# feedparser looks for an e-mail address in these, in quadratic time.
_PERSON = re.compile(
    rb"<(?:[\w.-]+:)?(?:author|creator|contributor|managingEditor|webMaster|publisher|owner|name)"
    rb"\b[^<>]*>",
    re.IGNORECASE,
)
_MAX_PERSON = 2000
_ENTRY_END = re.compile(rb"</(?:[\w.-]+:)?(?:item|entry)\s*>", re.IGNORECASE)
# An ampersand that starts no reference, outside of CDATA, where it is as good as any letter.
_BARE_AMPERSAND = re.compile(
    rb"<!\[CDATA\[(?:(?!\]\]>).)*+|(&)(?!#\d+;|#x[0-9a-f]+;|\w+;)", re.DOTALL | re.IGNORECASE
)
_OVERGROWN = re.compile(OVERGROWN_TAG.encode())


def guarded(body: bytes) -> bytes:
    """*body* without what no feed has: tags of hundreds of attributes, names of many kilobytes.

    Of more than :data:`MAX_ENTRIES` entries the first ones are kept. Bare ampersands, which would
    make a document ill-formed, become references.
    """
    if b"\x00" in body[:200] or b"\x1b$" in body:
        return body  # UTF-16 and ISO 2022: bytes there are not what the patterns take them for
    body = _BARE_AMPERSAND.sub(lambda found: b"&amp;" if found[1] else found[0], body)
    return _without_long_names(_first_entries(_OVERGROWN.sub(rb"<\1", body)))


def _first_entries(body: bytes) -> bytes:
    ends = [match.end() for match in _ENTRY_END.finditer(body)]
    if len(ends) <= MAX_ENTRIES:
        return body
    return body[: ends[MAX_ENTRIES - 1]] + body[ends[-1] :]


def _without_long_names(body: bytes) -> bytes:
    kept, at = [], 0
    for match in _PERSON.finditer(body):
        end = body.find(b"</", match.end())
        end = len(body) if end < 0 else end
        if end - match.end() > _MAX_PERSON:
            kept.append(body[at : match.end()])
            at = max(at, end)
    return b"".join([*kept, body[at:]]) if kept else body
