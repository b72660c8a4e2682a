"""The search language, the same for shell, API and page, on SQLite and PostgreSQL.

A search is words that must all occur; ``"words in quotes"`` must follow each other; a word with a
star at its end (``negoc*``) stands for all words that begin with it. Case, accents and
punctuation do not count. What is searched is a *document*: the row's texts as plain words, made
by :func:`document_of` alone, so that no server's own idea of a word matters.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SQLColumnExpression,
    and_,
    cast,
    column,
    false,
    func,
    literal,
    literal_column,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from storage.models import ArticleSearch, EventSearch

# What tells documents that were made by other rules: raise it with any change of them.
DOCUMENTS = "2"
# Between the parts of a document; it is no word, so no phrase reaches over it.
_BORDER = "|"
# The index over each table of documents.
DOCUMENT_TABLES: Mapping[str, Any] = {"event_words": EventSearch, "article_words": ArticleSearch}
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile("[\u0300-\u036f]+")
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})
_QUOTATION_MARKS = str.maketrans(dict.fromkeys("“”„«»", '"'))
_TERM = re.compile(r'"([^"]*)"?|([^\s"]+)')
# PostgreSQL takes words of 2 kB and vectors of 1 MB; far less does.
_MAX_WORD = 64
_MAX_DOCUMENT = 200_000
# Beyond so many finds a page of the newest is filled sooner by a look at row after row: to sort all
# finds takes longer, and the way to the page's last row is short.
_MANY = 2000


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

    def in_document(self) -> str:
        """What a document that has the term holds."""
        return f" {' '.join(self.words)}{'' if self.is_open else ' '}"


def words_of(written: str) -> list[str]:
    """The words of *written* in lower case, without accents, in their order."""
    folded = written.casefold()
    if not folded.isascii():
        folded = _ACCENT.sub("", unicodedata.normalize("NFKD", folded.translate(_LETTERS)))
        # What a compatible letter stands for may be a capital (℃).
        folded = folded.casefold()
    return [word[:_MAX_WORD] for word in _WORD.findall(folded)]


def document_of(parts: Iterable[str | None], type: str | None = None) -> str:
    """What is searched of a row with these texts: its words, with one space around each.

    An event's *type* goes in as a word that nobody can search for, so that the index can tell
    how many of a type there are.
    """
    found = (" ".join(words_of(part[:_MAX_DOCUMENT])) for part in parts if part)
    joined = f" {_BORDER} ".join(part for part in found if part)
    if len(joined) > _MAX_DOCUMENT:
        joined = joined[:_MAX_DOCUMENT].rpartition(" ")[0]
    return f" {joined} " if type is None else f" {_of_type(type)} {joined} "


def terms_of(search: str) -> list[Term]:
    """The terms of *search*; none where it holds no word."""
    found = []
    for quoted, bare in _TERM.findall(search.translate(_QUOTATION_MARKS)):
        words = words_of(quoted or bare)
        if words:
            found.append(Term(tuple(words), bare.endswith("*")))
    return found


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for in an index: ``event_words`` (of one *type*) or ``article_words``."""

    index: str
    terms: tuple[Term, ...]
    type: str | None = None

    @classmethod
    def of(cls, written: str, index: str, type: str | None = None) -> "Search":
        """The search of what somebody wrote."""
        return cls(index, tuple(terms_of(written)), type)

    def rows(self, dialect: str) -> Select[Any]:
        """The numbers of the rows whose documents have all terms; none without terms."""
        # A fence: else the server may walk rows in their order and make each one's vector anew.
        return self._listed(dialect, phrases=True).offset(literal_column("0"))

    def holds(self, number: SQLColumnExpression[Any], dialect: str) -> ColumnElement[Any]:
        """Whether the document of the row *number* has all terms."""
        if not self.terms:
            return false()
        documents = DOCUMENT_TABLES[self.index].__table__.alias("documents")
        (key,) = documents.primary_key
        wanted = and_(*(_has(documents.c.document, term, dialect) for term in self.terms))
        # A subquery of its own for each row: no server turns it into a walk through all documents.
        return select(wanted).where(key == number).scalar_subquery()

    def found(self, connection: Connection) -> Sequence[int] | None:
        """The numbers of the rows that have all words, in any order; None where they are many.

        They are counted, not reckoned: words that are common apart may be rare together.
        """
        listed = self._listed(connection.dialect.name, phrases=False)
        some = select(func.count()).select_from(listed.limit(_MANY + 1).subquery())
        count = connection.scalar(some) or 0
        if count > _MANY:
            return None
        return connection.scalars(listed).all() if count else ()

    @property
    def has_phrases(self) -> bool:
        """Whether words must follow each other."""
        return any(len(term.words) > 1 for term in self.terms)

    def _listed(self, dialect: str, *, phrases: bool) -> Select[Any]:
        if not self.terms:
            return select(literal(0)).where(false())
        of_type = [] if self.type is None else [Term((_of_type(self.type),))]
        terms = [*of_type, *self.terms]
        if dialect == "sqlite":
            fts = table(self.index, column("rowid"), column(self.index))
            wanted = " AND ".join(term.for_sqlite() for term in terms)
            return select(fts.c.rowid).where(fts.c[self.index].op("MATCH")(wanted))
        vectors = table(self.index, column("rowid"), column("document"), column("words"))
        query = cast(literal(" & ".join(term.for_postgresql() for term in terms)), TSQUERY)
        found = select(vectors.c.rowid).where(vectors.c.words.op("@@")(query))
        # A vector tells which words there are, not where: phrases are looked for in the documents.
        parts = [term for term in self.terms if phrases and len(term.words) > 1]
        return found.where(*(_has(vectors.c.document, term, dialect) for term in parts))


def _has(document: ColumnElement[str], term: Term, dialect: str) -> ColumnElement[bool]:
    # Half the time of LIKE, which looks for signs of its own in each place.
    place = func.instr if dialect == "sqlite" else func.strpos
    return place(document, term.in_document()) > 0


def _of_type(type: str) -> str:
    return f"{_BORDER}{type}"
