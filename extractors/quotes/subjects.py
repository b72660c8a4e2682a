"""Who a cue is tied to: its subject, by position, commas and inversion."""

from collections.abc import Sequence
from dataclasses import replace

from extractors.actors.lexicon import Mention, MentionKind
from extractors.quotes.cue import Cue, Side
from extractors.quotes.following import phrase_after
from extractors.quotes.grammar import Grammar, Phrase, pronoun
from extractors.quotes.lexicon import Form, Frame
from extractors.quotes.preceding import before_commas, is_adverbial, phrase_before
from extractors.quotes.tokens import Kind, Token
from extractors.quotes.verbs import is_clitic
from extractors.types import Span

_PARTING = frozenset({",", "—", "–"})
_MAIN_CLAUSE = 30  # tokens after a gerund at the start of its sentence
_ENDING = frozenset({",", "."})
_INVERTING = frozenset({",", "-", "–", "—", "--", "(", ":", "»"})


def with_subject(
    tokens: Sequence[Token], cue: Cue, rules: Grammar, before: Cue | None
) -> Cue | None:
    """*cue* with its subject; None where a verb has none and so can be no report.

    *before* is the verb cue before it in the sentence, whose subject it may share.
    """
    tied = _with_clitic(tokens, cue, rules)
    if tied:
        return tied
    if cue.is_gerund or cue.forms == {Form.INFINITIVE}:
        return _shared(tokens, cue, rules, before)
    if _may_invert(tokens, cue, rules):
        phrase = _inverted(tokens, cue, rules)
        if phrase and not _is_object(tokens, cue, phrase, rules):
            return replace(cue, end=phrase.last, side=Side.RIGHT, mention=phrase.mention)
    if cue.begin == 0:
        return cue if rules.lexicon.elided_subject else None
    return _with_subject_before(tokens, cue, rules, before)


def _with_subject_before(
    tokens: Sequence[Token], cue: Cue, rules: Grammar, before: Cue | None
) -> Cue | None:
    lex = rules.lexicon
    previous = tokens[cue.begin - 1]
    if previous.kind is Kind.QUOTE:
        return cue
    if previous.low in _PARTING:
        return _after_comma(tokens, cue, rules, before)
    if lex.is_a(previous.low, "relatives"):
        return _of_antecedent(tokens, cue, rules)
    if previous.low == ":" or lex.is_a(previous.low, "conjunctions"):
        return _shared(tokens, cue, rules, before)
    phrase = phrase_before(tokens, cue.begin - 1, rules)
    if phrase and not is_adverbial(tokens, phrase, rules):
        if _is_adjective(cue, phrase, rules):
            return None
        return replace(cue, begin=phrase.first, side=Side.LEFT, mention=phrase.mention)
    after = _inverted(tokens, cue, rules) if not lex.fixed_order else None
    if after:
        return replace(cue, end=after.last, side=Side.RIGHT, mention=after.mention)
    return cue if lex.elided_subject else _shared(tokens, cue, rules, before)


def _after_comma(
    tokens: Sequence[Token], cue: Cue, rules: Grammar, before: Cue | None
) -> Cue | None:
    """A cue after a comma: the subject stands before what the commas hold, or is left out."""
    elided = rules.lexicon.elided_subject
    if elided and (cue.last >= len(tokens) or tokens[cue.last].low in _ENDING):
        return cue
    phrase = before_commas(tokens, cue.begin - 1, rules)
    if phrase:
        return replace(cue, begin=phrase.first, side=Side.LEFT, mention=phrase.mention)
    return cue if elided else _shared(tokens, cue, rules, before) or cue


def _is_adjective(cue: Cue, phrase: Phrase, rules: Grammar) -> bool:
    """Whether a form that is a participle too ("un plafond dit « libre »") describes a thing."""
    if rules.lexicon.fixed_order or phrase.mention.kind is not MentionKind.OTHER:
        return False
    return {Form.SINGULAR, Form.PARTICIPLE} <= cue.forms


def _with_clitic(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Cue | None:
    """French: the subject tied to the verb by a hyphen ("a-t-il dit", "dit-elle")."""
    for index in range(cue.begin, min(cue.last + 1, len(tokens))):
        if not is_clitic(tokens, index, rules):
            continue
        token = tokens[index]
        start = token.start + token.low.rfind("-") + 1
        return replace(
            cue,
            end=max(cue.end, index + 1),
            span=Span(cue.span.start, max(cue.span.end, token.end)),
            side=Side.RIGHT,
            mention=Mention(Span(start, token.end), MentionKind.PRONOUN, token.low),
        )
    return None


def _may_invert(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> bool:
    """Whether the subject may follow its verb: after a quotation, a comma, "as", at the start."""
    lex = rules.lexicon
    if Frame.TELL in cue.frames and lex.fixed_order:
        return False
    if cue.begin == 0:
        return True
    previous = tokens[cue.begin - 1]
    return (
        previous.kind is Kind.QUOTE
        or previous.low in _INVERTING
        or lex.is_a(previous.low, "inverting")
    )


def _inverted(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Phrase | None:
    """The subject after its verb, words of time and place between left out."""
    index = _past_time(tokens, cue.last, rules)
    phrase = phrase_after(tokens, index, rules)
    if phrase or rules.lexicon.fixed_order:
        return phrase
    for _ in range(3):
        index = _past_time(tokens, _past_place(tokens, index, rules), rules)
        phrase = phrase_after(tokens, index, rules)
        if phrase:
            return phrase
    return None


def _past_time(tokens: Sequence[Token], index: int, rules: Grammar) -> int:
    lex, first = rules.lexicon, index
    while index < len(tokens):
        low = tokens[index].low
        if (
            lex.is_a(low, "days")
            or tokens[index].kind is Kind.NUMBER
            or (lex.is_a(low, "time_nouns") and tokens[index - 1].kind is Kind.NUMBER)
            or (
                lex.is_adverb(low)
                and not lex.is_a(low, "determiners")
                and not lex.is_a(low, "pronouns")
            )
        ):
            index += 1
        elif (
            lex.is_a(low, "determiners")
            and index + 1 < len(tokens)
            and lex.is_a(tokens[index + 1].low, "days")
        ):
            index += 2
        elif low == "," and index + 1 < len(tokens) and lex.is_a(tokens[index + 1].low, "days"):
            index += 2
            if index < len(tokens) and tokens[index].low == ",":
                index += 1
        elif low == "," and _is_aside(tokens, index, rules):
            index += 3
        elif low == "," and index > first and rules.is_name(tokens, index + 1):
            return index + 1
        else:
            break
    return index


def _is_aside(tokens: Sequence[Token], index: int, rules: Grammar) -> bool:
    """Whether one word between commas says how somebody spoke (", agacé, ")."""
    if rules.lexicon.fixed_order or index + 2 >= len(tokens) or tokens[index + 2].low != ",":
        return False
    word = tokens[index + 1]
    return word.kind is Kind.WORD and not word.capital


def _past_place(tokens: Sequence[Token], index: int, rules: Grammar) -> int:
    """Past one prepositional phrase ("a EFE", "en rueda de prensa")."""
    lex = rules.lexicon
    if index >= len(tokens) or not lex.is_a(tokens[index].low, "prepositions"):
        return index
    index += 1
    if index < len(tokens) and lex.is_a(tokens[index].low, "determiners"):
        index += 1
    if not rules.is_name(tokens, index):
        return index + 1
    index += 1
    while rules.is_name(tokens, index) and tokens[index].low not in rules.people.first_names:
        index += 1
    return index


def _is_object(tokens: Sequence[Token], cue: Cue, phrase: Phrase, rules: Grammar) -> bool:
    """Whether what follows ", said" begins a clause or object, and is not the one who said it.

    "Roy, who was there, said the union expected more": the subject stands before the commas.
    """
    lex = rules.lexicon
    if not cue.begin or tokens[cue.begin - 1].low not in _PARTING:
        return False
    articled = tokens[phrase.first].low in rules.people.definite
    if cue.sure and articled and phrase.first == cue.last and not lex.fixed_order:
        return False  # ", dijo el estadounidense"
    left = before_commas(tokens, cue.begin - 1, rules)
    if left is None:
        return False
    if phrase.mention.kind is MentionKind.OTHER and left.mention.kind is not MentionKind.OTHER:
        return True
    if phrase.last >= len(tokens):
        return False
    if not lex.fixed_order:
        parted = phrase.first > cue.last and left.mention.kind is not MentionKind.OTHER
        return parted and lex.is_a(tokens[phrase.last].low, "distant_complementisers")
    following = tokens[phrase.last]
    if lex.is_a(following.low, "distant_complementisers"):
        return True  # ", said on Fox News that"
    return following.kind is Kind.WORD and not (
        lex.is_a(following.low, "prepositions")
        or lex.is_a(following.low, "relatives")
        or lex.is_a(following.low, "days")
    )


def _of_antecedent(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Cue:
    """A cue in a relative clause, tied to what the clause is about."""
    index = cue.begin - 2
    if index >= 0 and tokens[index].low == ",":
        index -= 1
    phrase = phrase_before(tokens, index, rules)
    if phrase is None or rules.lexicon.is_a(tokens[index].low, "not_antecedents"):
        return cue
    mention = _nearest_noun(tokens, phrase, rules)
    if rules.lexicon.relative_mentions:
        relative = tokens[cue.begin - 1]
        mention = replace(mention, span=Span(relative.start, relative.end), core=mention.named)
    return replace(cue, side=Side.LEFT, mention=mention, begin=cue.begin - 1)


def _nearest_noun(tokens: Sequence[Token], phrase: Phrase, rules: Grammar) -> Mention:
    """What a relative clause is about: the last noun ("scrutiny from Republicans who say")."""
    if phrase.mention.kind is not MentionKind.OTHER:
        return phrase.mention
    for index in range(phrase.last - 2, phrase.first, -1):
        if rules.lexicon.is_a(tokens[index].low, "prepositions"):
            nearest = phrase_before(tokens[index + 1 : phrase.last], phrase.last - index - 2, rules)
            return nearest.mention if nearest else phrase.mention
    return phrase.mention


def _shared(tokens: Sequence[Token], cue: Cue, rules: Grammar, before: Cue | None) -> Cue | None:
    """A cue whose subject is that of the verb before it ("met them and said", "adding")."""
    mention = _beside_gerund(tokens, cue, rules)
    if mention is None and before and not rules.lexicon.is_a(tokens[before.begin].low, "relatives"):
        mention = before.mention
    if mention is None:
        phrase = _first_subject(tokens, cue, rules)
        mention = phrase.mention if phrase else before.mention if before else None
    if mention is None and rules.lexicon.fixed_order and cue.begin <= 1:
        mention = _named_later(tokens, cue, rules)
    if mention:
        return replace(cue, side=Side.SHARED, mention=mention)
    return cue if rules.lexicon.elided_subject else None


def _named_later(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Mention | None:
    """The subject of the main clause after a gerund's ("Noting that it is late, Roy left")."""
    for index in range(cue.last, min(len(tokens), cue.last + _MAIN_CLAUSE)):
        if tokens[index].low == ",":
            phrase = phrase_after(tokens, index + 1, rules)
            if index + 1 < len(tokens) and rules.lexicon.is_a(tokens[index + 1].low, "pronouns"):
                phrase = pronoun(tokens, index + 1)
            return phrase.mention if phrase else None
    return None


def _beside_gerund(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Mention | None:
    """The name that a gerund follows without a comma ("du président Roy jugeant que")."""
    if Form.GERUND not in cue.forms or not cue.begin:
        return None
    previous = tokens[cue.begin - 1]
    if previous.kind is not Kind.WORD or (
        rules.lexicon.is_a(previous.low, "conjunctions") or rules.is_preposition(previous.low)
    ):
        return None
    phrase = phrase_before(tokens, cue.begin - 1, rules)
    return phrase.mention if phrase and phrase.mention.kind is MentionKind.NAME else None


def _first_subject(tokens: Sequence[Token], cue: Cue, rules: Grammar) -> Phrase | None:
    """The sentence's first noun phrase that is no adverbial."""
    lex = rules.lexicon
    index = 0
    while index < cue.begin:
        token = tokens[index]
        if rules.is_preposition(token.low):
            while index < cue.begin and tokens[index].low != ",":
                index += 1
            index += 1
        elif token.kind in {Kind.PUNCTUATION, Kind.QUOTE} or _is_lead(token.low, rules):
            index += 1
        elif lex.is_a(token.low, "pronouns"):
            return pronoun(tokens, index)
        elif token.low in lex.cues and lex.elided_subject:
            return None
        else:
            return phrase_after(tokens, index, rules)
    return None


def _is_lead(low: str, rules: Grammar) -> bool:
    lex = rules.lexicon
    return not lex.is_a(low, "determiners") and (
        lex.is_a(low, "conjunctions") or lex.is_adverb(low) or lex.is_a(low, "days")
    )
