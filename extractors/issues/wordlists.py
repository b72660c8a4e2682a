"""Lists of a language's words found together in one pass over a text.

Each list is a set of regular expressions over folded text, matched as whole words. An expression
is tried only where the letters stand with which all that it matches begins; those of all lists
are looked for at once (Aho–Corasick), so that the cost does not grow with the number of lists.
"""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from sys import maxsize
from typing import Generic, TypeVar

from ahocorasick_rs import AhoCorasick, Implementation

from extractors.types import Span

Tag = TypeVar("Tag", bound=Hashable)

# How an expression begins: letters that stand in every text it matches, as far as they tell much.
_LETTERS = re.compile(r"[a-z][a-z '-]{0,11}(?![*?+{|])")
_FEWEST, _TELLING = 2, 5
_LOOK = re.compile(r"\(\?<?[=!](?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)")
# Behind the last letter of a word.
_END = r"(?:(?<=')|(?![\w-]))"
_QUANTIFIERS = ("?", "*", "+", "{")
_BRACKET = re.compile(r"[()]")
# Optional words in an expression: "(?:still )?", "(?:\\w+ ){0,2}".
_OPTIONAL = re.compile(r"\(\?:[^()]*\)(?:\?|\{[\d,]+\})(?![?+])")

# Expressions with the number of their list.
_Numbered = tuple[int, re.Pattern[str]]
# With fewer expressions of a beginning, those that need no reading of groups are worth no pains.
_MANY = 12
# What is no part of a word is a blank where beginnings are looked for, so that one blank before
# them finds those of words only; the expression itself is tried on the text as it is.
_BLANKED = bytes(
    code if chr(code).isascii() and (chr(code).isalnum() or chr(code) in "-_") else ord(" ")
    for code in range(256)
)


class WordLists(Generic[Tag]):
    """Compiled word lists, each under a tag."""

    def __init__(self, lists: Mapping[Tag, Iterable[str]], suffix: str = "") -> None:
        """Compile *lists*; *suffix* may be written on to what an expression matches."""
        self._end = rf"(?:{suffix})?{_END}" if suffix else _END
        by_letters: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
        elsewhere: dict[int, list[str]] = defaultdict(list)
        self.tags = list(lists)
        for number, patterns in enumerate(lists.values()):
            for pattern in patterns:
                letters_of = beginnings(pattern)
                for letters in letters_of:
                    by_letters[letters][number].append(pattern)
                if not letters_of:
                    elsewhere[number].append(pattern)
        self._words = list(by_letters)
        self._letters = AhoCorasick(
            [_blanked(f" {letters}") for letters in self._words],
            implementation=Implementation.ContiguousNFA,
        )
        # Most expressions are never met: those of a beginning are compiled when it is, to tell
        # whether any matches, and those of its lists each by itself when one does.
        self._written = [list(numbers.items()) for numbers in by_letters.values()]
        self._any_of: list[re.Pattern[str] | None] = [None] * len(self._words)
        self._patterns: list[list[_Numbered] | None] = [None] * len(self._words)
        self._elsewhere = [
            (number, _compiled(r"(?<![\w-])", _by_reach(group), self._end))
            for number, group in elsewhere.items()
        ]

    def find(self, folded: str, within: Span) -> list[tuple[Tag, Span]]:
        """The words of all lists in a part of a text, in order, list by list at each word."""
        tags = self.tags
        found = sorted(self.places(folded, within))
        return [(tags[number], Span(start, end)) for start, number, end in found]

    def places(self, folded: str, within: Span) -> set[tuple[int, int, int]]:
        """The same words without order: their start, the number of their tag, and their end."""
        first, last, any_ofs = within.start, within.end, self._any_of
        # The blank put before makes each place in it that of the character behind the match's.
        part = _blanked(f" {folded[first:last]}")
        found: set[tuple[int, int, int]] = set()
        for letters, place, _ in self._letters.find_matches_as_indexes(part, overlapping=True):
            start = first + place
            any_of = any_ofs[letters] or self._compile_any(letters)
            if any_of.match(folded, start, last) is None:
                continue
            if place and not folded[start - 1].isascii() and folded[start - 1].isalnum():
                continue  # inside a word of other letters
            for number, pattern in self._patterns[letters] or self._compile(letters):
                match = pattern.match(folded, start, last)
                if match is not None:
                    found.add((start, number, match.end()))
        for number, pattern in self._elsewhere:
            for match in pattern.finditer(folded, first, last):
                found.add((match.start(), number, match.end()))
        return found

    def _compile_any(self, letters: int) -> re.Pattern[str]:
        """One expression that tells whether any matches that begins with some letters."""
        word = self._words[letters]
        every = [each for _, group in self._written[letters] for each in group]
        made = self._any_of[letters] = _any_of(word, _beginning_with(word, every), self._end)
        return made

    def _compile(self, letters: int) -> list[_Numbered]:
        """The expressions that begin with some letters, list by list."""
        word = self._words[letters]
        made = self._patterns[letters] = [
            (number, _compiled("", _beginning_with(word, group), self._end))
            for number, group in self._written[letters]
        ]
        return made


@dataclass(frozen=True, slots=True)
class Rare:
    """A pattern of words that few texts have: it is tried only where letters stand that it needs.

    ``openings`` are those with which its matches begin; the empty one where they can't be told.
    """

    pattern: re.Pattern[str]
    openings: tuple[str, ...]

    def search(self, text: str, start: int = 0, end: int = maxsize) -> re.Match[str] | None:
        """The first match in a part of *text*."""
        for letters in self.openings:
            if text.find(letters, start, end) >= 0:
                return self.pattern.search(text, start, end)
        return None

    def finditer(self, text: str, start: int = 0, end: int = maxsize) -> Iterable[re.Match[str]]:
        """The matches in a part of *text*, in order."""
        for letters in self.openings:
            if text.find(letters, start, end) >= 0:
                return self.pattern.finditer(text, start, end)
        return ()


def beginnings(pattern: str) -> set[str]:
    """The letters with which *pattern* may begin; none where that cannot be told."""
    return {letters for letters, _ in _opened(pattern)}


def _opened(pattern: str) -> list[tuple[str, str]]:
    """The letters with which *pattern* may begin, in order, each with what it then is."""
    return [] if "|" in _outside_groups(pattern) else _opened_to("", pattern)


def _opened_to(before: str, pattern: str) -> list[tuple[str, str]]:
    pattern = before + pattern
    match = _LETTERS.match(pattern)
    letters = match.group() if match else ""
    rest = pattern[len(letters) :]
    end = _group_end(rest) if rest.startswith("(?:") else 0
    quantifier = rest[end : end + 1] if rest[end : end + 1] in _QUANTIFIERS else ""
    if (
        len(letters) >= _TELLING
        or not end
        or quantifier not in ("", "?")
        or rest[end : end + 2] in ("??", "?+")
        or (letters and quantifier)
    ):
        return [(letters, pattern)] if len(letters) >= _FEWEST else []
    options = [*_options(rest[3 : end - 1]), *([""] if quantifier else [])]
    rest = rest[end + len(quantifier) :]
    each = [_opened_to(letters + option, rest) for option in options]
    return [one for found in each for one in found] if all(each) else []


def _beginning_with(letters: str, patterns: Iterable[str]) -> list[str]:
    """What is left of *patterns* where a text goes on with *letters*, in the order of a choice."""
    return list(
        dict.fromkeys(
            then
            for pattern in _by_reach(patterns)
            for first, then in _opened(pattern)
            if first.startswith(letters) or letters.startswith(first)
        )
    )


def _any_of(letters: str, patterns: Sequence[str], end: str) -> re.Pattern[str]:
    """One expression that tells whether any of *patterns* matches where *letters* stand.

    Those that go on with the same optional words share them, and choices stand by themselves:
    a choice of letters is refused at once, and one of groups is not.
    """
    if len(patterns) < _MANY:
        return _compiled("", patterns, end)
    rests: dict[str, dict[str, None]] = defaultdict(dict)
    for pattern in patterns:
        head = len(letters)
        if not pattern.startswith(letters) or pattern.startswith(_QUANTIFIERS, head):
            head = 0
        words = _OPTIONAL.match(pattern, head)
        shared = words.group() if words else ""
        for rest in _choices(pattern[head + len(shared) :]):
            rests[pattern[:head] + shared][rest] = None
    choices = [f"{start}(?:{'|'.join(each)})" for start, each in rests.items()]
    return _compiled("", choices, end)


def _choices(pattern: str) -> list[str]:
    """The expressions of which *pattern* is a choice: "(?:a|b) c" is "a c" or "b c"."""
    end = _group_end(pattern) if pattern.startswith("(?:") else 0
    if not end or pattern[end : end + 1] in _QUANTIFIERS:
        return [pattern]
    return [option + pattern[end:] for option in _options(pattern[3 : end - 1])]


def _group_end(pattern: str) -> int:
    """Where the group that opens *pattern* ends."""
    depth = 0
    for bracket in _BRACKET.finditer(pattern):
        depth += 1 if bracket.group() == "(" else -1
        if depth == 0:
            return bracket.end()
    return len(pattern)


def _options(inside: str) -> list[str]:
    """The alternatives of a group, by what stands between its outermost bars."""
    options, depth = [""], 0
    for character in inside:
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            options.append("")
        else:
            options[-1] += character
    return options


def _outside_groups(pattern: str) -> str:
    """*pattern* without what stands in brackets."""
    depth, kept, last = 0, [], 0
    for bracket in _BRACKET.finditer(pattern):
        opens = bracket.group() == "("
        depth -= not opens
        if depth == 0:
            kept.append(pattern[last : bracket.start()] if opens else "")
            last = bracket.end()
        depth += opens
    return "".join([*kept, pattern[last:]])


def _reach(pattern: str) -> tuple[int, int]:
    """How much an expression matches, as far as it can be told: its words, then its letters."""
    return _LOOK.sub("", pattern).count(" "), len(pattern)


def _by_reach(patterns: Iterable[str]) -> list[str]:
    """*patterns* in the order in which a choice tries them."""
    return sorted(patterns, key=_reach, reverse=True)


def _compiled(before: str, patterns: Iterable[str], end: str) -> re.Pattern[str]:
    return re.compile(rf"{before}(?:{'|'.join(patterns)}){end}")


def _blanked(text: str) -> str:
    """*text* with a blank for each character that is no part of a word, or not ASCII."""
    return text.encode("ascii", "replace").translate(_BLANKED).decode("ascii")
