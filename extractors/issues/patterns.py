"""Patterns made of a language's lists of words."""

import re
from collections.abc import Iterable


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word."""
    return re.compile(rf"(?<![\w-])(?:{either(patterns)})(?:(?<=')|(?![\w-]))")


def right_before(words: Iterable[str], gap: str = r"\s") -> re.Pattern[str]:
    """One of *words* at the end of a text, but for *gap*; nothing where there are none."""
    return re.compile(rf"(?:^|\W)(?:{either(words) or '(?!)'}){gap}$")


def acting(verbs: Iterable[str], asides: Iterable[str]) -> re.Pattern[str]:
    """One of *verbs* right before what somebody will do, but for one of *asides* ("may still")."""
    return re.compile(rf"(?:^|\W|(?='))(?:{either(verbs) or '(?!)'})\s(?:(?:{either(asides)})\s)?$")


def either(patterns: Iterable[str]) -> str:
    return "|".join(sorted(patterns, key=len, reverse=True))
