"""Files that are no pages, told by their first bytes."""

from monitor.articles.types import ArticleKind

_SIGNS: tuple[tuple[int, bytes, ArticleKind, str], ...] = (
    (0, b"%PDF-", ArticleKind.PDF, "a PDF"),
    (4, b"ftyp", ArticleKind.VIDEO, "a video"),
    (0, b"\x1a\x45\xdf\xa3", ArticleKind.VIDEO, "a video"),
    (0, b"FLV\x01", ArticleKind.VIDEO, "a video"),
    (0, b"\x00\x00\x01\xba", ArticleKind.VIDEO, "a video"),
    (8, b"AVI ", ArticleKind.VIDEO, "a video"),
    (0, b"OggS", ArticleKind.VIDEO, "a recording"),
    (0, b"ID3", ArticleKind.NOT_ARTICLE, "a sound recording"),
    (8, b"WAVE", ArticleKind.NOT_ARTICLE, "a sound recording"),
    (8, b"WEBP", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"\x89PNG\r\n", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"\xff\xd8\xff", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"GIF87a", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"GIF89a", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"II*\x00", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"MM\x00*", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"\x00\x00\x01\x00", ArticleKind.NOT_ARTICLE, "an image"),
    (0, b"PK\x03\x04", ArticleKind.NOT_ARTICLE, "a zip archive or office document"),
    (0, b"PK\x05\x06", ArticleKind.NOT_ARTICLE, "a zip archive"),
    (0, b"\x1f\x8b", ArticleKind.NOT_ARTICLE, "a gzip archive"),
    (0, b"BZh", ArticleKind.NOT_ARTICLE, "a bzip2 archive"),
    (0, b"\xfd7zXZ\x00", ArticleKind.NOT_ARTICLE, "an xz archive"),
    (0, b"7z\xbc\xaf\x27\x1c", ArticleKind.NOT_ARTICLE, "a 7z archive"),
    (0, b"Rar!\x1a\x07", ArticleKind.NOT_ARTICLE, "a rar archive"),
    (0, b"\x28\xb5\x2f\xfd", ArticleKind.NOT_ARTICLE, "a zstd archive"),
    (257, b"ustar", ArticleKind.NOT_ARTICLE, "a tar archive"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ArticleKind.NOT_ARTICLE, "an office document"),
    (0, b"{\\rtf", ArticleKind.NOT_ARTICLE, "an RTF document"),
    (0, b"%!PS", ArticleKind.NOT_ARTICLE, "a PostScript document"),
    (0, b"\x7fELF", ArticleKind.NOT_ARTICLE, "a program"),
    (0, b"MZ\x90\x00", ArticleKind.NOT_ARTICLE, "a program"),
    (0, b"wOFF", ArticleKind.NOT_ARTICLE, "a font"),
    (0, b"wOF2", ArticleKind.NOT_ARTICLE, "a font"),
)
# Some servers put blank lines before a PDF; readers look for its sign in the first kilobyte.
_PDF_WITHIN = 1024


def file_kind(body: bytes) -> tuple[ArticleKind, str] | None:
    """The kind of file that *body* is and its name for people; None where it may be a page."""
    for offset, sign, kind, name in _SIGNS:
        if body.startswith(sign, offset):
            return kind, name
    start = body[:_PDF_WITHIN].lstrip()
    return (ArticleKind.PDF, "a PDF") if start.startswith(b"%PDF-") else None
