"""Words, numbers and marks of a folded text, with their places."""

import re
from collections.abc import Iterator


class Scanner:
    """Splits a folded text; only the endings of ordinals and decades differ by language."""

    def __init__(self, ordinal_suffixes: tuple[str, ...], decade_suffixes: tuple[str, ...]) -> None:
        ordinals = "|".join(map(re.escape, ordinal_suffixes))
        decades = "|".join(map(re.escape, decade_suffixes)) or r"(?!)"
        self._token = re.compile(
            rf"""
            (?P<dotted>(?:[a-z]\.){{2,}})
            |(?P<word>[^\W\d_]+)
            |(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})(?![\d-])
            |(?P<slash>\d{{1,4}}(?P<sign>[/.])\d{{1,2}}(?P=sign)\d{{1,4}}
                      |\d{{1,2}}-\d{{1,2}}-\d{{4}})(?![\d/]|\.\d)
            |(?P<clock>\d{{1,2}}:\d\d(?::\d\d)?)(?![\d:])
            |(?P<amount>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?(?!\d)|\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?(?!\d)
                       |\d{{1,3}}(?:[ ]\d{{3}})+(?:,\d+)?(?!\d)|\d+[.,]\d+)
            |(?P<ordnum>\d{{1,3}}(?:{ordinals}))(?!\w)
            |(?P<decade>(?:\d\d)?\d0(?:{decades}))(?!\w)
            |(?P<digits>\d+)
            |(?P<mark>\S)
            """,
            re.VERBOSE,
        )

    def matches(self, folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
        """The tokens of ``folded[start:end]`` in order; a match's last group is its kind."""
        return self._token.finditer(folded, start, end)
