"""Marks that part the words of a sentence without ending it."""

DASHES = frozenset({"-", "–", "—", "--"})
PAUSES = frozenset({",", ":", ";", "…", *DASHES})
