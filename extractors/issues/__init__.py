"""Which negotiating issue a sentence is about, whose position it gives and which stance."""

from itertools import groupby

from extractors.issues.bare import bare_measures
from extractors.issues.cues import lexicon
from extractors.issues.holders import Holder, find_holders, side_of
from extractors.issues.mentions import named_issues
from extractors.issues.nearby import Nearby, quotes_by_sentence
from extractors.issues.positions import Position, positions, unread
from extractors.issues.setting import setting_of
from extractors.languages import SUPPORTED
from extractors.reading import Knowledge, Reading
from extractors.types import IssueMention, Quote

# A "sentence" of more characters is a table or a list of links, and gives nobody's stance.
_LONGEST = 2000


def find_issues(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[IssueMention, ...]:
    """The issues that *reading* names, with the stance of each party that a sentence gives.

    One mention a sentence, issue and holder; a matter that nobody takes a stance on is neutral
    without a party. The span is the words that name the matter. Raises nothing.
    """
    if reading.lang not in SUPPORTED:
        return ()
    everybody = find_holders(reading, quotes, knowledge)
    holders = Nearby(everybody, lambda holder: holder.span.start)
    sides = {id(quote): side_of(quote.speaker, everybody) for quote in quotes if quote.speaker}
    spoken = quotes_by_sentence(reading.sentences, quotes)
    words = lexicon(reading.lang)
    outright = list(named_issues(reading, knowledge))
    matters = sorted(
        [*outright, *bare_measures(reading, outright, words)], key=lambda n: n.span.start
    )
    named = {s: list(group) for s, group in groupby(matters, lambda n: n.sentence)}
    found: list[IssueMention] = []
    before: Holder | None = None
    for sentence in reading.sentences:
        here = holders.within(sentence)
        said = [(quote, sides.get(id(quote))) for quote in spoken.get(sentence, ())]
        if sentence in named and sentence.end - sentence.start > _LONGEST:
            found += _once([unread(matter) for matter in named[sentence] if not matter.weak])
        elif sentence in named:
            setting = setting_of(
                reading.folded, sentence, named[sentence], here, said, before, words
            )
            found += _once(list(positions(setting)))
        speaking = (side for _, side in said if side is not None)
        before = next(speaking, None) or next(iter(here), None) or before
    return tuple(found)


def _once(found: list[Position]) -> list[IssueMention]:
    """One mention for each issue and holder of a sentence: the surest, else the first."""
    best: dict[tuple[str, str | None, str | None], Position] = {}
    for position in found:
        holder = position.holder
        key = (position.named.issue, holder.party if holder else None, None)
        if key not in best or position.confidence > best[key].confidence:
            best[key] = position
    with_holder = {key[0] for key in best if key[1] is not None}
    return [
        _mention(position)
        for key, position in best.items()
        if key[1] is not None or key[0] not in with_holder
    ]


def _mention(position: Position) -> IssueMention:
    named, holder = position.named, position.holder
    return IssueMention(
        span=named.span,
        issue=named.issue,
        sentence=named.sentence,
        stance=position.stance,
        actor=holder.actor if holder else None,
        party=holder.party if holder else None,
        confidence=round(position.confidence, 2),
        rule=position.rule,
    )
