"""What worker processes do. Imports are few: a worker holds only parsers and extractors."""

from functools import lru_cache

from config.packs import load_packs
from extractors.extraction import extract
from extractors.reading import Knowledge, prepare
from extractors.types import Document, Extraction


@lru_cache(maxsize=2)
def _knowledge(packs: tuple[str, ...]) -> Knowledge:
    return prepare(load_packs(packs))


def extract_document(packs: tuple[str, ...], document: Document) -> Extraction:
    """Extract from *document* with *packs* (names or folders), compiled once a worker."""
    return extract(document, _knowledge(packs))
