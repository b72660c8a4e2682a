"""Which negotiating issue a sentence is about, whose position it gives and which stance."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import groupby

from extractors.actors.sides import home_of
from extractors.issues.bare import bare_measures
from extractors.issues.focus import Focus, InFocus
from extractors.issues.holders import Holder, find_holders, side_of
from extractors.issues.holding import Position, unread
from extractors.issues.lexicon import Lexicon, lexicon
from extractors.issues.lists import Lists
from extractors.issues.mentions import named_issues
from extractors.issues.nearby import Nearby, quotes_by_sentence
from extractors.issues.positions import positions
from extractors.issues.scenes import Scenes
from extractors.issues.setting import Setting, setting_of
from extractors.languages import SUPPORTED
from extractors.reading import Knowledge, Reading
from extractors.types import IssueMention, Quote, Stance

# A "sentence" of more characters is a table or a list of links, and gives nobody's stance.
_LONGEST = 2000
# So many pairs of a matter and a stance word are in no sentence, but in a list of key words.
_MOST = 240


def find_issues(
    reading: Reading, quotes: tuple[Quote, ...], knowledge: Knowledge
) -> tuple[IssueMention, ...]:
    """The issues that *reading* names, with the stance of each party that a sentence gives.

    One mention a sentence, issue and holder, or two where a side is against a rule and for its
    change; a matter that nobody takes a stance on is neutral without a party. The span is the words
    that name the matter. Raises nothing.
    """
    if reading.lang not in SUPPORTED:
        return ()
    everybody = find_holders(reading, quotes, knowledge)
    holders = Nearby(everybody, lambda holder: holder.span.start)
    sides = {id(quote): side_of(quote.speaker, everybody) for quote in quotes if quote.speaker}
    spoken = quotes_by_sentence(reading.sentences, reading.sentence_starts, quotes)
    words = lexicon(reading.lang)
    outright = list(named_issues(reading, knowledge))
    matters = sorted(
        [*outright, *bare_measures(reading, outright, words)], key=lambda n: n.span.start
    )
    named = {start: list(group) for start, group in groupby(matters, lambda n: n.sentence.start)}
    found: list[IssueMention] = []
    told = partial(setting_of, reading.folded, words=words)
    lists = Lists(reading.folded, words)
    scenes = Scenes(reading, words)
    home = home_of(reading, knowledge)
    focus = Focus(reading, knowledge, words)
    for number, sentence in enumerate(reading.sentences):
        here = holders.within(sentence)
        scene = scenes.of(sentence, here)
        said = [
            (
                quote,
                _placed(_speaker(quote, sides.get(id(quote)), focus.now, reading, words), scene),
            )
            for quote in spoken.get(sentence.start, ())
        ]
        matter = named.get(sentence.start)
        if matter and sentence.end - sentence.start > _LONGEST:
            found += _once([unread(each) for each in matter if not each.weak])
        elif matter:
            ground = scene or home
            setting = told(sentence, matter, here, said, focus.now, ground)
            head = lists.head_of(sentence, number)
            setting.listed = head() if head is not None else None
            found += _once(list(_read(setting)))
        lists.note(partial(told, sentence, (), here, said, focus.now, scene or home))
        speaking = next((side for _, side in said if side is not None), None)
        focus.note(sentence, here, speaking, scene or home)
    return tuple(found)


def _read(setting: Setting) -> Iterator[Position]:
    """The positions of a sentence; a heap of key words gives nobody's."""
    if len(setting.named) * len(setting.cues) <= _MOST:
        yield from positions(setting)
    else:
        yield from (unread(named) for named in setting.named if not named.weak)


def _speaker(
    quote: Quote, side: Holder | None, focus: InFocus, reading: Reading, words: Lexicon
) -> Holder | None:
    """Who says a quote: without a subject, or with a mere pronoun, whoever was in focus."""
    if quote.speaker is None:
        return focus.before if quote.cue is not None and words.drops_subject else None
    if side is not None and side.party is None and quote.speaker.mention is not None:
        pronoun = quote.speaker.mention.of(reading.folded)
        if words.personal.fullmatch(pronoun) or words.plural_pronoun.fullmatch(pronoun):
            return focus.meant_by(pronoun) or side
    return side


def _placed(side: Holder | None, scene: str | None) -> Holder | None:
    """A speaker whose side nothing tells is of the *scene* where the text says it is."""
    if side is None or side.party is not None or scene is None:
        return side
    return replace(side, party=scene)


def _once(found: list[Position]) -> list[IssueMention]:
    """One mention for each issue, side and stance of a sentence: the surest, else the first."""
    best: dict[tuple[str, str | None, Stance], Position] = {}
    for position in found:
        holder = position.holder
        key = (position.named.issue, holder.party if holder else None, position.stance)
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
