"""Patterns over words, compiled to regular expressions over signs (see ``notation``)."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from operator import itemgetter
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick, Implementation

from extractors.dates.lexicon import CAPITAL, LOWER, UNIONS, Lexicon, lexicon_of
from extractors.dates.notation import PIECE, expand
from extractors.languages import language_data
from extractors.text.folding import fold

_NOTHING = "(?!)"
_SETS = re.compile(r"\[([^\]]*)\]")
# How many of the signs with which a match begins are looked at: with two, three times as many
# places are tried in vain.
_LOOKED_AT = 3
# In so many ways may an opening be written.
_WAYS = 500
_START = itemgetter(1)
_ANY_WORD = {"<lower>": LOWER, "<capital>": CAPITAL}


class Group(NamedTuple):
    """A word that a form captures: the number of its group, its name, and the class that it has.

    ``names`` has for each class whose value counts, the best first, the names that it goes under.
    """

    number: int
    name: str
    class_name: str
    names: tuple[tuple[str, tuple[str, ...]], ...]


def _group(number: int, name: str, class_name: str) -> Group:
    """A group with its names: a unit goes under those of its class and of all units as well."""
    classes = UNIONS.get(class_name, (class_name,))
    is_unit = class_name in {"anyunit", *UNIONS["anyunit"]} and not name.startswith("small")
    names = ((part, (name, part, "anyunit") if is_unit else (name,)) for part in classes)
    return Group(number, name, class_name, tuple(names))


# The signs that may come first, second and so on, as far as a match may be told by them.
Opening = tuple[frozenset[str], ...]


def _shortened(opening: Opening) -> Opening:
    """*opening* without its last signs where it may be written in too many ways."""
    while len(opening) > 1 and prod(map(len, opening)) > _WAYS:
        opening = opening[:-1]
    return opening


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form: which rule resolves it, how to find it, what its groups capture.

    Every match begins as one of its *openings*; of other signs than *signs* none consists.
    """

    rule: str
    regex: re.Pattern[str]
    groups: tuple[Group, ...]
    openings: tuple[Opening, ...]
    signs: frozenset[str]


class _Writer:
    """Writes one form as a regular expression; remembers what its groups capture."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.groups: list[Group] = []

    def write(self, form: str) -> str:
        """The regular expression of *form*."""
        pieces = PIECE.findall(form)
        out: list[str] = []
        closers: list[str] = []
        consumed = False
        for piece in pieces:
            if piece in {"{", "{!"}:
                kind = ("=" if consumed else "<=") if piece == "{" else ("!" if consumed else "<!")
                out.append(f"(?{kind}")
                closers.append("}")
            elif piece == "(":
                out.append("(?:")
                closers.append(")")
            elif piece in {")", "}"}:
                closers.pop()
                out.append(")")
            elif piece in {"|", "?"}:
                out.append(piece)
            else:
                out.append(self._word(piece))
                consumed = consumed or "}" not in closers
        return f"(?:{''.join(out)})"

    def openings(self, form: str) -> tuple[Opening, ...]:
        """How a match of *form* may begin; what matches no word at all is none."""
        found, _ = self._openings(PIECE.findall(form), 0)
        return tuple(_shortened(opening) for opening in found if opening)

    def _openings(self, pieces: list[str], at: int) -> tuple[list[Opening], int]:
        """What may stand from *at* to where a bracket closes, as far as it is looked at.

        What must stand before or behind a match is no part of it.
        """
        options: list[Opening] = []
        begun: list[Opening] = [()]
        while at < len(pieces) and pieces[at] not in {")", "}"}:
            piece = pieces[at]
            at += 1
            if piece == "|":
                options += begun
                begun = [()]
                continue
            if piece in {"(", "{", "{!"}:
                inside, at = self._openings(pieces, at)
                at += 1
            else:
                inside = [(frozenset(self._signs_of(piece)),)]
            if at < len(pieces) and pieces[at] == "?":
                at += 1
                inside.append(())
            if piece not in {"{", "{!"}:
                longer = ((*one, *more)[:_LOOKED_AT] for one in begun for more in inside)
                begun = list(dict.fromkeys(longer))
        return options + begun, at

    def _word(self, piece: str) -> str:
        signs = self._signs_of(piece)
        if not signs:
            return _NOTHING
        if not piece.startswith("<") or piece in _ANY_WORD:
            return f"[{signs}]"
        name, _, class_name = piece[1:-1].rpartition(":")
        self.groups.append(_group(len(self.groups) + 1, name or class_name, class_name))
        return f"([{signs}])"

    def _signs_of(self, piece: str) -> str:
        if piece.startswith("["):
            return "".join(self._signs(word) for word in piece[1:-1].split("|"))
        if piece.startswith("<") and piece not in _ANY_WORD:
            return self._lexicon.classes.get(piece[1:-1].rpartition(":")[2], "")
        return self._signs(piece)

    def _signs(self, word: str) -> str:
        if word in _ANY_WORD:
            return _ANY_WORD[word]
        if word.startswith("<"):
            return self._lexicon.classes.get(word[1:-1], "")
        return self._lexicon.classes.get(f"={fold(word)}", "")


class Openings:
    """Where forms may match: all of their openings looked for in one pass (Aho–Corasick)."""

    def __init__(self, forms: tuple[Form, ...]) -> None:
        opened: dict[str, tuple[int, ...]] = {}
        for number, form in enumerate(forms):
            for signs in {"".join(each) for opening in form.openings for each in product(*opening)}:
                opened[signs] = (*opened.get(signs, ()), number)
        # Many openings are those of the same forms.
        shared = {numbers: tuple((n, forms[n]) for n in numbers) for numbers in opened.values()}
        self._forms = [shared[numbers] for numbers in opened.values()]
        self._automaton = AhoCorasick(
            opened, implementation=Implementation.ContiguousNFA, store_patterns=False
        )

    def places(self, signs: str) -> list[tuple[int, int, Form]]:
        """Where in a paragraph which form may match, each with its number, in order."""
        found = self._automaton.find_matches_as_indexes(signs, overlapping=True)
        found.sort(key=_START)
        forms = self._forms
        return [(at, *form) for opening, at, _ in found for form in forms[opening]]


@cache
def openings_of(lang: str) -> Openings:
    """Where the forms of a language may match."""
    return Openings(forms_of(lang))


@cache
def forms_of(lang: str, table: str = "forms") -> tuple[Form, ...]:
    """The compiled forms of a language, in the order of its file."""
    data = language_data(lang, "dates")
    lexicon = lexicon_of(lang)
    compiled = []
    for rule, forms in data[table].items():
        for form in forms:
            writer = _Writer(lexicon)
            written = expand(form, data)
            regex = re.compile(writer.write(written))
            signs = frozenset("".join(_SETS.findall(regex.pattern)))
            openings = writer.openings(written)
            compiled.append(Form(rule, regex, tuple(writer.groups), openings, signs))
    return tuple(compiled)
