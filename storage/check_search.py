"""Whether the search index is in step with what it indexes."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, select, text

from storage.full_text import DOCUMENT_TABLES
from storage.full_text_index import stale_documents

_PAGE = 1000
_CURE = "run `nafta-monitor db check --rebuild-search`"


def search_faults(connection: Connection) -> Iterator[str]:
    """What of the search index is out of step, a sentence each."""
    for public_id in stale_documents(connection):
        yield f"The search index is out of step for {public_id}; {_CURE}."
    if connection.dialect.name == "sqlite":
        for index, model in DOCUMENT_TABLES.items():
            yield from _words(connection, index, model)


def _words(connection: Connection, index: str, model: Any) -> Iterator[str]:
    """Every word is indexed as often, and of as many documents, as the documents have it."""
    indexed = _indexed(connection, index)
    documents: Counter[str] = Counter()
    instances: Counter[str] = Counter()
    rows = connection.execute(select(model.document).execution_options(yield_per=_PAGE))
    for (document,) in rows:
        words = Counter(document.split())
        instances.update(words)
        documents.update(words.keys())
    there = {word: (documents[word], count) for word, count in instances.items()}
    if there != indexed:
        wrong = sorted({word for word, _ in there.items() ^ indexed.items()})
        shown = ", ".join(repr(word) for word in wrong[:3])
        yield f"The search index {index} is out of step for {len(wrong)} words ({shown}); {_CURE}."


def _indexed(connection: Connection, index: str) -> dict[str, tuple[int, int]]:
    name = f"temp.words_of_{index}"
    connection.execute(text(f"DROP TABLE IF EXISTS {name}"))
    connection.execute(text(f"CREATE VIRTUAL TABLE {name} USING fts5vocab(main, {index}, row)"))
    try:
        rows = connection.execute(text(f"SELECT term, doc, cnt FROM {name}"))  # noqa: S608
        return {row.term: (row.doc, row.cnt) for row in rows}
    finally:
        connection.execute(text(f"DROP TABLE {name}"))
