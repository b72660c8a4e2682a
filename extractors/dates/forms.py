"""Patterns over words, compiled to regular expressions over signs (see ``notation``)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extractors.dates.lexicon import CAPITAL, LOWER, UNIONS, Lexicon, lexicon_of
from extractors.dates.notation import PIECE, expand
from extractors.languages import language_data
from extractors.text.folding import fold

_NOTHING = "(?!)"
_SETS = re.compile(r"\[([^\]]*)\]")
# Words of so many letters are no rare ones.
_SMALL = 4
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


@dataclass(frozen=True, slots=True)
class Form:
    """A compiled form: which rule resolves it, how to find it, what its groups capture.

    Where a text has no sign of one of the sets in *needs*, the form matches nothing in it; of
    other signs than *signs* no match consists.
    """

    rule: str
    regex: re.Pattern[str]
    groups: tuple[Group, ...]
    needs: tuple[frozenset[str], ...]
    signs: frozenset[str]


def _is_common(piece: str) -> bool:
    """Whether a piece of a form is small words ("the", "[de|del]"), which stand everywhere."""
    words = piece.strip("[]").split("|")
    return not any(word.startswith("<") or len(word) > _SMALL for word in words)


class _Writer:
    """Writes one form as a regular expression; remembers what its groups capture."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self.groups: list[Group] = []
        self.needs: list[frozenset[str]] = []

    def write(self, form: str) -> str:
        pieces = PIECE.findall(form)
        self.needs = self._needs(pieces)
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
        signs, is_empty, _ = self._opening(pieces, 0)
        # A look at one sign costs less than the try of a form that begins with what may be missing.
        look = f"(?=[{''.join(sorted(signs))}])" if signs and not is_empty else ""
        return f"{look}(?:{''.join(out)})"

    def _opening(self, pieces: list[str], at: int) -> tuple[set[str], bool, int]:
        """The signs that may come first from *at* to where a bracket closes, and whether none may.

        What must stand before or behind a match is no part of it.
        """
        signs: set[str] = set()
        may_be_empty, reached = False, True
        while at < len(pieces) and pieces[at] not in {")", "}"}:
            piece = pieces[at]
            at += 1
            if piece == "|":
                may_be_empty, reached = may_be_empty or reached, True
                continue
            if piece in {"(", "{", "{!"}:
                inside, is_empty, at = self._opening(pieces, at)
                at += 1
            else:
                inside, is_empty = set(self._signs_of(piece)), False
            if piece in {"{", "{!"}:
                continue
            if reached:
                signs |= inside
            if at < len(pieces) and pieces[at] == "?":
                at += 1
            else:
                reached = reached and is_empty
        return signs, may_be_empty or reached, at

    def _needs(self, pieces: list[str]) -> list[frozenset[str]]:
        """The signs of each word that must stand in or beside a match, the rarest first."""
        needs, _ = self._needed(pieces, 0)
        return sorted(needs, key=lambda signs: (needs[signs], len(signs)))

    def _needed(self, pieces: list[str], at: int) -> tuple[dict[frozenset[str], bool], int]:
        """What the form needs from *at* to where a bracket closes, each whether it is common.

        Of alternatives it needs a word of one of them: the rarest of each, as one set.
        """
        options: list[dict[frozenset[str], bool]] = [{}]
        while at < len(pieces) and pieces[at] not in {")", "}"}:
            piece = pieces[at]
            at += 1
            if piece == "|":
                options.append({})
                continue
            if piece in {"(", "{", "{!"}:
                inside, at = self._needed(pieces, at)
                at += 1
            else:
                inside = {frozenset(self._signs_of(piece)): _is_common(piece)}
            if at < len(pieces) and pieces[at] == "?":
                at += 1
            elif piece != "{!":
                options[-1].update(inside)
        if len(options) == 1:
            return options[0], at
        if not all(options):
            return {}, at
        rarest = [min(each, key=lambda signs: (each[signs], len(signs))) for each in options]
        common = any(each[signs] for each, signs in zip(options, rarest, strict=True))
        return {frozenset().union(*rarest): common}, at

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


@dataclass(frozen=True, slots=True)
class FormIndex:
    """Forms by a sign that they need, and all that they need as bits.

    *known* has for each sign the bits of the sets of signs that it is in, and the numbers of the
    forms that need such a sign; *anywhere* are the forms that need none, *needed* has for each
    form a bit for each of its sets.
    """

    known: Mapping[str, tuple[int, tuple[int, ...]]]
    anywhere: tuple[int, ...]
    needed: tuple[int, ...]

    def fitting(self, signs: str) -> list[int]:
        """The numbers of the forms that may match in *signs*, in order."""
        met = 0
        found = set(self.anywhere)
        known = self.known
        for sign in known.keys() & set(signs):
            bits, forms = known[sign]
            met |= bits
            if forms:
                found.update(forms)
        needed, missing = self.needed, ~met
        return sorted([number for number in found if not needed[number] & missing])


@cache
def index_of(lang: str) -> FormIndex:
    """The index of a language's forms, each by the rarest word that it needs."""
    by_sign: dict[str, list[int]] = {}
    for number, form in enumerate(forms_of(lang)):
        for sign in form.needs[0] if form.needs else ():
            by_sign.setdefault(sign, []).append(number)
    sets = list(dict.fromkeys(signs for form in forms_of(lang) for signs in form.needs))
    bits = {signs: 1 << number for number, signs in enumerate(sets)}
    met_by: dict[str, int] = {}
    for signs, bit in bits.items():
        for sign in signs:
            met_by[sign] = met_by.get(sign, 0) | bit
    return FormIndex(
        {sign: (met, tuple(by_sign.get(sign, ()))) for sign, met in met_by.items()},
        tuple(number for number, form in enumerate(forms_of(lang)) if not form.needs),
        tuple(sum(bits[signs] for signs in form.needs) for form in forms_of(lang)),
    )


@cache
def forms_of(lang: str, table: str = "forms") -> tuple[Form, ...]:
    """The compiled forms of a language, in the order of its file."""
    data = language_data(lang, "dates")
    lexicon = lexicon_of(lang)
    compiled = []
    for rule, forms in data[table].items():
        for form in forms:
            writer = _Writer(lexicon)
            regex = re.compile(writer.write(expand(form, data)))
            signs = frozenset("".join(_SETS.findall(regex.pattern)))
            compiled.append(Form(rule, regex, tuple(writer.groups), tuple(writer.needs), signs))
    return tuple(compiled)
