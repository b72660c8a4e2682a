"""What a quotation looks like in its sentence: a sentence of its own, a title, its edges."""

from extractors.quotes.grammar import Grammar
from extractors.quotes.marks import Stretch
from extractors.quotes.units import FINAL, Unit, is_first

_CLOSING = FINAL | {")", ",", ";", "]"}
_LONGEST_NAME = 7  # words
_FEW = 3  # words of what may be a title or a term


def is_sentence(text: str, stretch: Stretch) -> bool:
    """Whether a stretch looks like a sentence of its own."""
    first = text[stretch.start : stretch.start + 1]
    if first in "¿¡":
        return True
    if not first.isupper():
        return False
    return text[stretch.end - 1] in FINAL or len(stretch.parts[0].of(text).split()) > _FEW


def begins_big(text: str, stretch: Stretch) -> bool:
    """Whether a stretch begins with a capital and has more than a word."""
    return text[stretch.start].isupper() and len(stretch.parts[0].of(text).split()) > 1


def is_name_like(text: str, stretch: Stretch, rules: Grammar) -> bool:
    """Whether a stretch is a title or nickname: short, and its words in capitals."""
    words = [word for word in stretch.parts[0].of(text).strip(".,!?").split() if word[0].isalnum()]
    if len(words) > _LONGEST_NAME:
        return False
    weighty = [word for word in words if word.lower() not in rules.lexicon.title_words]
    return bool(weighty) and all(word[0].isupper() for word in weighty)


def is_title_like(text: str, stretch: Stretch, rules: Grammar) -> bool:
    """Whether most words of a stretch have capitals, as in an English title of a work."""
    words = [word for word in stretch.parts[0].of(text).split() if word[0].isalnum()]
    weighty = [word for word in words if word.lower() not in rules.lexicon.title_words]
    return len(weighty) > 2 and sum(word[0].isupper() for word in weighty) > 0.7 * len(weighty)


def is_broken_off(text: str, stretch: Stretch, rules: Grammar) -> bool:
    """Whether a stretch that is no title or term ends with a comma inside the marks."""
    if text[stretch.end - 1] != "," or len(stretch.parts[0].of(text).split()) <= _FEW:
        return False
    return not (is_name_like(text, stretch, rules) or is_title_like(text, stretch, rules))


def opens_unit(unit: Unit, index: int, rules: Grammar) -> bool:
    """Whether nothing stands before *index* but what leads up to it, back to a full stop."""
    return index in unit.opening or is_first(unit.tokens, index, unit.opening, rules)


def ends_unit(unit: Unit, index: int) -> bool:
    """Whether nothing but marks that close a sentence stands after *index*."""
    tokens = unit.tokens
    return all(tokens[at].low in _CLOSING for at in range(index + 1, len(tokens)))
