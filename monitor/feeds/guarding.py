"""What is cut from a feed before it is parsed, because parsing it would take for ever."""

import re
from html.entities import html5

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
# An ampersand that starts no numeric reference, outside of CDATA, where it is as good as a letter.
_AMPERSAND = re.compile(
    rb"<!\[CDATA\[(?:(?!\]\]>).)*+|&(?!#\d+;|#x[0-9a-f]+;)(?:(\w+);)?", re.DOTALL | re.IGNORECASE
)
_OF_XML = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_CDATA = b"<![CDATA["
_ROOT = re.compile(rb"<\w")
_DECLARATION = re.compile(rb"<!(?=DOCTYPE|ENTITY)", re.IGNORECASE)
_OVERGROWN = re.compile(OVERGROWN_TAG.encode())


def guarded(body: bytes) -> bytes:
    """*body* without what no feed has: tags of hundreds of attributes, names of many kilobytes.

    Of more than :data:`MAX_ENTRIES` entries the first ones are kept. Bare ampersands and names of
    HTML's characters, which would make a document ill-formed, become references; a CDATA section
    that does not end is opened.
    """
    if b"\x00" in body[:200] or b"\x1b$" in body:
        return body  # UTF-16 and ISO 2022: bytes there are not what the patterns take them for
    last = body.rfind(_CDATA)
    if last >= 0 and body.find(b"]]>", last) < 0:
        body = body[:last] + body[last + len(_CDATA) :]
    body = _with_declarations_apart(with_references(body))
    return _without_long_names(_first_entries(_OVERGROWN.sub(rb"<\1", body)))


def with_references(body: bytes) -> bytes:
    """*body* (of ASCII or what contains it) with no ampersand that XML would stumble over.

    ``&eacute;`` becomes a numeric reference, an ampersand that means itself ``&amp;``. Names that
    the document declares stay.
    """
    declares = b"<!ENTITY" in body

    def written_out(found: re.Match[bytes]) -> bytes:
        name = found[1]
        if found[0].startswith(b"<") or name in _OF_XML:
            return found[0]
        letters = None if name is None else html5.get(f"{name.decode('latin-1')};")
        if letters:
            return "".join(f"&#{ord(letter)};" for letter in letters).encode()
        return found[0] if name and declares else b"&amp;" + found[0][1:]

    return _AMPERSAND.sub(written_out, body)


def _with_declarations_apart(body: bytes) -> bytes:
    """*body* with each declaration on a line of its own: feedparser sees no other."""
    root = _ROOT.search(body)
    if root is None or b"<!" not in body[: root.start()]:
        return body
    return _DECLARATION.sub(b"\n<!", body[: root.start()]) + body[root.start() :]


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
