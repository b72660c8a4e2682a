"""What pages say around their articles, in the languages that we read."""

import re
from collections.abc import Mapping
from functools import cache

from extractors.languages import SUPPORTED, language_data


@cache
def common_words() -> Mapping[str, frozenset[str]]:
    """For each language the commonest words that are its own."""
    return {lang: frozenset(language_data(lang, "pages")["common_words"]) for lang in SUPPORTED}


@cache
def cue(name: str) -> re.Pattern[str]:
    """The expressions ``notices``, ``walls``, ``live`` … of all languages, as one."""
    return re.compile("|".join(_listed(name)), re.IGNORECASE)


@cache
def byline_word() -> re.Pattern[str]:
    """A word before the name, at the start of a byline: ``by``, ``par``, ``por``."""
    return re.compile(rf"^(?:{'|'.join(_listed('byline'))})\s+(?=\S)", re.IGNORECASE)


def _listed(name: str) -> list[str]:
    return [entry for lang in SUPPORTED for entry in language_data(lang, "pages")[name]]
