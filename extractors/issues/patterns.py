"""Patterns made of a language's lists of words."""

import re
from collections.abc import Iterable


def whole_words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern that matches any of *patterns* where it is no part of a longer word."""
    return re.compile(rf"(?<![\w-])(?:{either(patterns)})(?:(?<=')|(?![\w-]))")


def right_before(words: Iterable[str], gap: str = r"\s") -> re.Pattern[str]:
    """One of *words* at the end of a text, but for *gap*."""
    return re.compile(rf"(?:^|\W)(?:{either(words)}){gap}$")


def acting(verbs: Iterable[str], asides: Iterable[str]) -> re.Pattern[str]:
    """One of *verbs* right before what somebody will do, but for one of *asides* ("may still")."""
    return re.compile(rf"(?:^|\W|(?='))(?:{either(verbs)})\s(?:(?:{either(asides)})\s)?$")


def opening(words: Iterable[str], before: str = "") -> re.Pattern[str]:
    """One of *words*, with what comes *before*, that other words follow, or an elided one."""
    return re.compile(rf"{before}(?:{either(words)})(?:\s|(?<='))")


def either(patterns: Iterable[str]) -> str:
    """A choice of *patterns*, the longest first; one that matches nothing where there are none."""
    return "|".join(sorted(patterns, key=len, reverse=True)) or "(?!)"
