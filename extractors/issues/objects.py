"""Which matters a stance word speaks of."""

import re

from extractors.issues.composing import UNSIDED
from extractors.issues.cues import Cue
from extractors.issues.lexicon import Form
from extractors.issues.mentions import Named
from extractors.issues.owners import is_joined_verb
from extractors.issues.pronouns import has_object_pronoun
from extractors.issues.reproaches import is_reproached
from extractors.issues.setting import Setting
from extractors.types import Span, Stance

# How many words a noun such as "agreement on", or a reproach, may stand away from its matter.
_NOUN_REACH = 10
# How many words a verdict may stand before its matter ("calls unacceptable any new …").
_PREDICATE_REACH = 7
# How many characters may part a matter from the relative clause about it.
_HEAD_REACH = 40
# "(to) be": the words between a matter and what a wish does to it.
_BE = 2
# "(the duties) on all its exports (lifted)": the words of a measure's attribute, at most.
_ATTRIBUTE = 5
# "(exige), además,": the words between a verb and its clause.
_ADVERBS = 2
# "(enforcement) of the USMCA (labour provisions)": the words between a matter and its own.
_OF_THE = 3
# "(duties) that Washington lays on (lumber)": the words between a measure and what it is laid on.
_LAID_ON = 6
# "(the tariffs) that Trump has just (announced)": the words of a relative clause before its verb.
_RELATIVE_REACH = 5
# "(wants the rule) and": the words between two joined verbs that share an object, at most.
_JOINED = 2
_COLONS = (":", ";")
_ANNOUNCING = (Form.NOUN, Form.VERB, Form.STATE)


def speaks_of(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether *cue* can speak of *named*: by its clause, by order, or as the topic before."""
    if cue.span.overlaps(named.span):
        return False
    if cue.form is Form.FRAME:
        start = setting.clauses[setting.clause_of(named.span.start)].start
        topic = setting.words.topic.fullmatch(setting.folded, start, named.span.start)
        return cue.span.start < named.span.start or topic is not None
    if _is_attribute(cue, setting) or _is_connector(cue, setting):
        return False
    own, other = setting.clause_of(cue.span.end - 1), setting.clause_of(named.span.start)
    if own < other and cue.form is Form.VERB and setting.is_told_by(cue.span, named.span):
        return True
    if own == other:
        if cue.span.start < named.span.start:
            return _reaches_right(cue, named, setting)
        return _reaches_left(cue, named, setting)
    if own > other:
        return _is_carried_over(cue, named, setting)
    return own == other - 1 and (
        _announces(cue, setting)
        or _is_completed(cue, setting)
        or _is_of_a_case(cue, named, setting)
    )


def _is_connector(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* only joins a clause to the one before ("…, a demand that Canada rejects")."""
    if cue.form is not Form.NOUN:
        return False
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    if clause.start == setting.sentence.start:
        return False
    opening = setting.words.sentential.match(setting.folded, clause.start)
    return opening is not None and cue.span.start < opening.end()


def _is_attribute(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* only describes the stance word behind it ("their contentious demand")."""
    return cue.form is Form.PREDICATE and any(
        other.form is Form.NOUN and 0 <= other.span.start - cue.span.end <= 1
        for other in setting.cues
    )


def _announces(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* tells what comes behind the colon: "another U.S. demand: …"."""
    number = setting.clause_of(cue.span.start)
    colon = setting.folded[setting.clauses[number + 1].start : setting.clauses[number + 1].end]
    beside = any(setting.clause_of(n.span.start) == number for n in setting.named)
    return colon.lstrip().startswith(":") and cue.form in _ANNOUNCING and not beside


def _is_completed(cue: Cue, setting: Setting) -> bool:
    """Whether the next clause is what a verb says: "exige, según su oficina, que …"."""
    number = setting.clause_of(cue.span.start)
    end = cue.span.end
    aside = setting.words.aside.match(setting.folded, end, setting.clauses[number].end)
    rest = setting.folded[aside.end() if aside else end : setting.clauses[number].end].split()
    start = setting.clauses[number + 1].start
    if cue.form is Form.SILENT:  # "declined to say whether …"
        return not rest and setting.words.condition.match(setting.folded, start) is not None
    return (
        cue.form in (Form.VERB, Form.STATE)
        and len(rest) <= _ADVERBS
        and setting.words.complementizer.match(setting.folded, start) is not None
    )


def _is_of_a_case(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a worry is of what a clause supposes: "would be the first hit if Trump pulls out"."""
    return (
        cue.stance is Stance.CONCERN
        and not cue.negated
        and setting.words.condition.match(
            setting.folded, setting.clauses[setting.clause_of(named.span.start)].start
        )
        is not None
    )


def _reaches_right(cue: Cue, named: Named, setting: Setting) -> bool:
    between = setting.folded[cue.span.end : named.span.start]
    near = cue.form is Form.NOUN or (cue.form is Form.DUTY and cue.stance is Stance.CONCERN)
    if near and len(between.split()) > _NOUN_REACH:
        return False
    if cue.form is Form.PREDICATE and (
        _has_subject(cue, setting)
        or _judges_another(cue, setting)
        or setting.words.in_force.fullmatch(setting.folded, cue.span.start, cue.span.end)
        or (cue.stance not in UNSIDED and len(between.split()) > _PREDICATE_REACH)
    ):
        return False
    if _ends_before(cue, named, setting) or _is_in_opening(cue, named, setting):
        return False
    for other in setting.named:
        if other.weak and not named.weak:
            continue
        if cue.span.end <= other.span.start and other.span.end <= named.span.start:
            newer = any(
                other.span.end <= c.span.start and c.span.end <= named.span.start
                for c in setting.cues
                if _is_of(c, named) and not is_reproached(cue, c, setting)
            )
            gap = setting.folded[other.span.end : named.span.start]
            apart = (
                not setting.words.coordination.search(
                    setting.folded, other.span.end, named.span.start
                )
                and not _is_of_it(gap, other, setting)
                and not setting.words.purpose.search(gap)
            )
            if newer or apart:
                return False
    return True


def _is_in_opening(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a comma parts an opening from a clause that tells of the matter by words of its own.

    "Despite Trump's threats, Ottawa goes ahead with", "if he does not get what he wants, he will".
    """
    words, folded = setting.words, setting.folded
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    comma = folded.find(",", cue.span.end, named.span.start)
    if comma < 0 or any(start <= n.span.start < comma for n in setting.named):
        return False
    if words.condition.match(folded, start):
        return True
    before = [h for h in setting.holders if start <= h.span.start and h.span.end <= cue.span.start]
    doing = [
        h
        for h in setting.holders
        if comma < h.span.start and words.fronted_before.search(folded[comma : h.span.start])
    ]
    return not before and any(
        h.span.end <= other.span.start and other.span.end <= named.span.start
        for h in doing
        for other in setting.cues
        if other.form is Form.VERB
    )


def _ends_before(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a verb has its own object, and another one joined to it the matter for its own."""
    if cue.form is not Form.VERB:
        return False
    for other in setting.cues:
        between_them = cue.span.end < other.span.start < named.span.start
        if between_them and other.form is Form.VERB and _is_joined(other, setting):
            between = setting.folded[cue.span.end : other.span.start]
            if len(between.split()) > _JOINED:
                return True
    return False


def _is_joined(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* is joined to a verb before it: "and rejects", "and to demand"."""
    lead = setting.lead_in(cue.span.start)
    return is_joined_verb(cue, setting) or (
        setting.words.conjunction_before.search(lead) is not None
        and setting.words.particle_before.search(lead) is not None
    )


def _is_of(cue: Cue, named: Named) -> bool:
    """Whether *cue* would say of *named* how somebody stands on it."""
    if cue.form is Form.PRESSURE:
        return named.matter.is_measure
    return cue.form is not Form.REMOVING


def _is_of_it(gap: str, other: Named, setting: Setting) -> bool:
    """Whether two matters make one phrase: "duties that Washington lays on lumber"."""
    words = gap.split()
    if not words or (len(words) <= _OF_THE and setting.words.genitive.match(gap) is not None):
        return True
    laid = setting.words.measure_word.search(setting.folded, other.span.start, other.span.end)
    return (
        laid is not None
        and len(words) <= _LAID_ON
        and setting.words.laid_on.search(gap) is not None
    )


def _judges_another(cue: Cue, setting: Setting) -> bool:
    """Whether a verdict is on what a pronoun stands for: "called it a disgrace and asked for"."""
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    verbs = list(setting.words.judgement.finditer(setting.folded, start, cue.span.start))
    return bool(verbs) and (
        setting.words.object_after.match(setting.folded, verbs[-1].end(), cue.span.start)
        is not None
    )


def _has_subject(cue: Cue, setting: Setting) -> bool:
    """Whether a matter stands before a predicate in its clause, so that it speaks of that one."""
    start = setting.clauses[setting.clause_of(cue.span.start)].start
    return any(start <= n.span.start and n.span.end <= cue.span.start for n in setting.named)


def _reaches_left(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether a cue behind its matter speaks of it: predicate, passive, compound, or topic."""
    between = setting.folded[named.span.end : cue.span.start]
    if cue.form is Form.NOUN:
        listed = setting.words.listing_before.search(setting.lead_in(cue.span.start))
        if listed or len(between.split()) <= 1 or _is_equated(between, setting):
            return True
    if cue.form in (Form.PREDICATE, Form.DUTY):
        start = setting.clauses[setting.clause_of(named.span.start)].start
        awaited = setting.words.until.search(setting.folded, start, named.span.start)
        return awaited is None or not named.matter.is_measure  # "until the duties are gone"
    if setting.is_passive(cue) or setting.experiencer_of(cue) is not None:
        return True
    near = cue.form in (Form.VERB, Form.PRESSURE) and len(between.split()) <= _RELATIVE_REACH
    if near and setting.has_relative(named.span):
        return True  # "the tariffs that Trump announced"
    if has_object_pronoun(cue, setting):
        return True  # "lobbies for the tariffs and wants to keep them"
    last = listed_last(named, setting) if cue.form is Form.REMOVING else named
    if cue.form is Form.REMOVING and follows_at_once(cue, last, setting):
        return True
    start = setting.clauses[setting.clause_of(named.span.start)].start
    return bool(setting.words.topic.fullmatch(setting.folded, start, named.span.start))


def follows_at_once(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether *cue* stands right behind the matter, or after "be": "wants it (to be) scrapped"."""
    gap = setting.folded[named.span.end : cue.span.start]
    between = gap.split()
    if not between or (len(between) <= _BE and setting.is_passive(cue)):
        return True
    return (  # "wants the duties (on its steel) lifted"
        named.matter.is_measure
        and len(between) <= _ATTRIBUTE
        and "," not in gap
        and setting.words.adverbial.match(gap) is not None
    )


def listed_last(named: Named, setting: Setting) -> Named:
    """The last of the matters that a list joins to *named*: "wants Chapter 19 and quotas gone"."""
    for other in setting.named:
        if other.span.start >= named.span.end:
            between = named.span.end, other.span.start
            if not setting.words.series.fullmatch(setting.folded, *between):
                break
            named = other
    return named


def _is_equated(between: str, setting: Setting) -> bool:
    """Whether a form of "to be" joins matter and noun: "dairy is one of Ottawa's concerns"."""
    return setting.words.equates.search(between) is not None or any(
        setting.words.passive_before.search(between[: match.end()])
        for match in re.finditer(r"\s", between)
    )


def _is_carried_over(cue: Cue, named: Named, setting: Setting) -> bool:
    """Whether *cue* stands in a later clause about *named*: a relative, or after a colon."""
    number = setting.clause_of(cue.span.start)
    clause = setting.clauses[number]
    if any(clause.start <= n.span.start < cue.span.start for n in setting.named):
        return False
    before = [n.span for n in setting.named if n.span.end <= clause.start]
    if not before:
        return False
    last = max(before, key=lambda span: span.start)
    listed = setting.words.coordination.fullmatch(setting.folded, named.span.end, last.start)
    if last != named.span and not listed:
        return False
    if has_object_pronoun(cue, setting):
        return True
    return _hangs_on(clause, last, setting)


def _hangs_on(clause: Span, last: Span, setting: Setting) -> bool:
    """Whether *clause* goes on about the matter *last*: right behind it, or parted by a colon."""
    opening = setting.folded[clause.start : clause.start + 3].strip()
    if opening[:1] in _COLONS or setting.words.sentential.match(setting.folded, clause.start):
        return True
    if setting.words.presents.match(setting.folded, clause.start):
        return True
    if setting.words.relative.match(setting.folded, clause.start):
        return clause.start - last.end <= _HEAD_REACH
    earlier = setting.clauses[setting.clause_of(clause.start) - 1]
    return setting.clause_of(clause.start) > 0 and bool(
        setting.words.relative.match(setting.folded, earlier.start)
    )
