"""The search language, the same for shell, API and page, on SQLite and PostgreSQL.

A search is words that must all occur; ``"words in quotes"`` must follow each other; a word with a
star at its end (``negoc*``) stands for all words that begin with it. Case, accents and
punctuation do not count. What is searched is a *document*: the row's texts as plain words, made
by :func:`document_of` alone, so that no server's own idea of a word matters.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, cast, column, false, literal, literal_column, select, table
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.models import Article, Story

# What tells documents that were made by other rules: raise it with any change of them.
DOCUMENTS = "1"
# Between the parts of a document; it is no word, so no phrase reaches over it.
_BORDER = "|"
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
# PostgreSQL takes words of 2 kB and vectors of 1 MB; far less does.
_MAX_WORD = 64
_MAX_DOCUMENT = 200_000


@dataclass(frozen=True, slots=True)
class Term:
    """Words that must follow each other; of the last one the beginning is enough if *is_open*."""

    words: tuple[str, ...]
    is_open: bool = False

    def for_sqlite(self) -> str:
        """The term in the language of FTS5."""
        return f'"{" ".join(self.words)}"{" *" if self.is_open else ""}'

    def for_postgresql(self) -> str:
        """The words of the term, in any order, as a ``tsquery``."""
        quoted = " & ".join(f"'{word}'" for word in self.words)
        return f"{quoted}:*" if self.is_open else quoted

    def pattern(self) -> str:
        """What a document that has the term is ``LIKE``."""
        return f"% {' '.join(self.words)}{'' if self.is_open else ' '}%"


def words_of(written: str) -> list[str]:
    """The words of *written* in lower case, without accents, in their order."""
    folded = written.casefold()
    if not folded.isascii():
        folded = _ACCENT.sub("", unicodedata.normalize("NFKD", folded.translate(_LETTERS)))
        # What a compatible letter stands for may be a capital (℃).
        folded = folded.casefold()
    return [word[:_MAX_WORD] for word in _WORD.findall(folded)]


def document_of(parts: Iterable[str | None]) -> str:
    """What is searched of a row with these texts: its words, with one space around each."""
    found = (" ".join(words_of(part[:_MAX_DOCUMENT])) for part in parts if part)
    joined = f" {_BORDER} ".join(part for part in found if part)
    if len(joined) > _MAX_DOCUMENT:
        joined = joined[:_MAX_DOCUMENT].rpartition(" ")[0]
    return f" {joined} "


def terms_of(search: str) -> list[Term]:
    """The terms of *search*; none where it holds no word."""
    found = []
    for quoted, bare in _TERM.findall(search.translate(_QUOTATION_MARKS)):
        words = words_of(quoted or bare)
        if words:
            found.append(Term(tuple(words), bare.endswith("*")))
    return found


def rows_found(index: str, terms: Sequence[Term], dialect: str) -> Select[Any]:
    """The numbers of the rows whose documents in *index* have all *terms*; none without terms.

    *index* is ``event_words`` or ``article_words``.
    """
    if not terms:
        return select(literal(0)).where(false())
    if dialect == "sqlite":
        fts = table(index, column("rowid"), column(index))
        wanted = " AND ".join(term.for_sqlite() for term in terms)
        return select(fts.c.rowid).where(fts.c[index].op("MATCH")(wanted))
    vectors = table(index, column("rowid"), column("document"), column("words"))
    query = cast(literal(" & ".join(term.for_postgresql() for term in terms)), TSQUERY)
    # A vector tells which words there are, not where: phrases are looked for in the documents.
    phrases = [vectors.c.document.like(term.pattern()) for term in terms if len(term.words) > 1]
    found = select(vectors.c.rowid).where(vectors.c.words.op("@@")(query), *phrases)
    # A fence: without it the server may walk rows in their order and make each one's vector anew.
    return found.offset(literal_column("0"))


def stories_found(terms: Sequence[Term], dialect: str) -> Select[Any]:
    """The public ids of the stories of which an article has all *terms*."""
    found = rows_found("article_words", terms, dialect)
    return (
        select(Story.story_id)
        .join(Article, Article.story_id == Story.id)
        .where(Article.id.in_(found))
    )
