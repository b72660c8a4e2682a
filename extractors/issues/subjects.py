"""Who is the subject of a verb: named before it, behind it, or in the sentences before."""

import re
from collections.abc import Iterator, Sequence

from extractors.issues.agreement import stands_for_another
from extractors.issues.cues import Cue
from extractors.issues.holders import Holder
from extractors.issues.inversion import are_few, inverted, is_bare
from extractors.issues.lexicon import Form
from extractors.issues.setting import Setting
from extractors.types import Span, Stance

# "(who) visited the (other)": at least so many words of a relative clause that names another.
_TWO = 2
# "Strongly (opposed)": the words that may open a sentence before a phrase about its subject.
_ADVERB = 1
# How far before its relative clause a name may stand: "Freeland, Canada's minister, who …".
_HEAD = 3
_NOUN_BEFORE = re.compile(r"[a-z]{4,}\s$")
_FIRST_WORD = re.compile(r"\s\S+\s")
# "(gave Ottawa) a short new (proposal)": the words between the one who gets a thing and the thing.
_GIVEN = 3
_POSSESSED = re.compile(r"'s?\s(?:\w+\s)?")


def subject_of(cue: Cue, setting: Setting) -> Holder | None:
    """The nearest party or person left of *cue* that can be its subject, or who speaks."""
    key = cue.span.start, cue.span.end, cue.form
    if key not in setting.subjects:
        setting.subjects[key] = _subject_of(cue, setting)
    return setting.subjects[key]


def _subject_of(cue: Cue, setting: Setting) -> Holder | None:
    clause = setting.clauses[setting.clause_of(cue.span.start)]
    quoted = setting.quoted_at(cue.span)
    floor = max(clause.start, quoted.start) if quoted else clause.start
    floor = max(floor, _relative_floor(cue, floor, setting))
    left = [h for h in setting.holders if floor <= h.span.start and h.span.end <= cue.span.start]
    direct = [h for h in left if not is_oblique(h, setting)]
    if len(direct) > 1 and _is_given_to(direct[-1], cue, setting):
        direct.pop()
    lead = setting.folded[floor : cue.span.start]
    speaker = setting.speaker_at(cue.span)
    if _last(setting.words.first_person, lead) > (direct[-1].span.end - floor if direct else -1):
        return speaker
    if cue.stance is Stance.CONCERN and setting.words.dative_before.search(lead):
        return speaker or setting.focus.before  # "Le preocupa que Canadá"
    resumed = _resumed(cue, clause, setting)
    if resumed is not None:
        return resumed
    if direct:
        another, meant = stands_for_another(direct, cue, setting)
        return meant if another else _of_several(direct, cue, setting)
    doing = _doing(cue, left, setting) or fronted(cue, setting) or _at_home(cue, left, setting)
    if doing is not None:
        return doing
    behind = inverted(cue, clause, lead, setting)
    if behind is not None:
        return behind
    if quoted is not None and setting.words.pronoun.search(lead):
        return None
    return setting.reported_in(cue.span) or _of_context(cue, clause, lead, setting)


def _is_given_to(holder: Holder, cue: Cue, setting: Setting) -> bool:
    """Whether a noun is what *holder* gets: "Mexico handed the U.S. a new proposal"."""
    gap = setting.folded[holder.span.end : cue.span.start]
    first = _FIRST_WORD.match(gap)
    return (
        cue.form is Form.NOUN
        and first is not None
        and len(gap.split()) <= _GIVEN
        and setting.words.nominal_before.search(first.group()) is not None
    )


def _of_several(named: Sequence[Holder], cue: Cue, setting: Setting) -> Holder:
    """Which of those *named* before a word is its subject: mostly the last."""
    if _is_reduced(cue, setting):
        return named[0]
    if setting.words.aim_before.search(setting.lead_in(cue.span.start)):
        start = named[0].span.start
        said = setting.words.complementizer_inside.finditer(setting.folded, start, cue.span.start)
        floor = max((match.end() for match in said), default=start)
        return next((h for h in named if h.span.start >= floor), named[-1])
    return _says_on(named, cue, setting) or _before_relative(named, cue, setting) or named[-1]


def _says_on(named: Sequence[Holder], cue: Cue, setting: Setting) -> Holder | None:
    """Who goes on to speak behind what he has said of another: "said that X … and warned that"."""
    words, folded, end = setting.words, setting.folded, cue.span.end
    if not words.conjunction_before.search(setting.lead_in(cue.span.start)):
        return None
    last = folded.rfind(" ", cue.span.start, end)  # "avisó de | que"
    if not words.complementizer.match(folded, end) and not (
        last > 0 and words.complementizer.fullmatch(folded[last:end] + " ")
    ):
        return None
    said = words.complementizer_inside.search(folded, named[0].span.end, named[-1].span.start)
    speaking = [h for h in named if said is not None and h.span.end <= said.start()]
    return speaking[-1] if speaking else None


def _before_relative(named: Sequence[Holder], cue: Cue, setting: Setting) -> Holder | None:
    """Who stands before a relative clause that names another: "los ministros que visitaron X"."""
    words, folded = setting.words, setting.folded
    if not (words.inverts_subject and words.finite.match(folded, cue.span.start)):
        return None
    last = named[-1].span
    for holder in named[:-1]:
        opening = words.relative_inside.match(folded, holder.span.end + 1)
        if opening is None:
            continue
        between = folded[opening.end() : last.start]
        apart = folded[last.end : cue.span.start].strip() == ""
        if apart and len(between.split()) >= _TWO and not words.relative_inside.search(between):
            return holder
    return None


def _at_home(cue: Cue, left: Sequence[Holder], setting: Setting) -> Holder | None:
    """In whose capital something is done that no subject does: "En Ottawa se teme que"."""
    nobody = setting.words.impersonal_before.search(
        setting.lead_in(cue.span.start)
    ) or setting.words.several_do.match(setting.folded, cue.span.start, cue.span.end)
    if not left or cue.form is Form.NOUN or not nobody:
        return None
    first, start = left[0], setting.clauses[setting.clause_of(cue.span.start)].start
    opens = setting.words.locative_before.fullmatch(setting.folded, start, first.span.start)
    return first if opens else None


def fronted(cue: Cue, setting: Setting) -> Holder | None:
    """Who follows a phrase about him that opens a sentence: "Wary of the clause, Canada …"."""
    opening = setting.folded[setting.sentence.start : cue.span.start]
    if cue.form is Form.NOUN or len(opening.split()) > _ADVERB:
        return None
    if setting.words.pronoun.search(opening):
        return None
    for holder in setting.holders:
        if holder.span.start >= cue.span.end:
            behind = setting.folded[cue.span.end : holder.span.start]
            if is_oblique(holder, setting):
                continue
            return holder if setting.words.fronted_before.search(behind) else None
    return None


def _relative_floor(cue: Cue, floor: int, setting: Setting) -> int:
    """Where a relative clause on a matter begins that holds *cue*: its subject is inside."""
    if cue.form is Form.NOUN:
        return floor
    ends = (
        n.span.end for n in setting.named if floor <= n.span.start and n.span.end < cue.span.start
    )
    opened = (end for end in ends if setting.words.relative.match(setting.folded, end))
    return max(opened, default=floor)


def _doing(cue: Cue, left: Sequence[Holder], setting: Setting) -> Holder | None:
    """Who is said to do it beside the main verb: "with Canadian officials floating"."""
    if not left or not _is_participle(cue, setting):
        return None
    gap = setting.folded[left[-1].span.end : cue.span.start]
    return left[-1] if len(gap.split()) <= 1 and "," not in gap else None


def _is_participle(cue: Cue, setting: Setting) -> bool:
    return cue.form is not Form.NOUN and (
        setting.words.progressive.match(setting.folded, cue.span.start) is not None
    )


def _main_subject(clause: Span, setting: Setting) -> Holder | None:
    """The subject of the clause before a participle: who stands ahead of its first stance word."""
    number = max(0, setting.clause_of(clause.start) - 1)
    while number and not _names_somebody(setting.clauses[number], setting):
        number -= 1  # "…, a key demand, while giving ground"
    before = setting.clauses[number]
    verbs = [c.span.start for c in setting.cues if before.start <= c.span.start < before.end]
    limit = min(verbs, default=before.end)
    for holder in setting.holders:
        inside = before.start <= holder.span.start and holder.span.end <= limit
        if inside and not is_oblique(holder, setting):
            return holder
    known, reporter = setting.reporter_at(Span(before.start, before.start + 1))
    return reporter if known else None


def _names_somebody(clause: Span, setting: Setting) -> bool:
    return any(clause.start <= h.span.start < clause.end for h in setting.holders)


def _is_reduced(cue: Cue, setting: Setting) -> bool:
    """Whether *cue* hangs on a noun: "Trump sent Ottawa a letter threatening"."""
    if cue.form is Form.NOUN or not setting.words.progressive.match(
        setting.folded, cue.span.start, cue.span.end
    ):
        return False
    lead = setting.lead_in(cue.span.start)
    if setting.words.passive_before.search(lead) or setting.words.going_on_before.search(lead):
        return False
    return _NOUN_BEFORE.search(lead) is not None


def _resumed(cue: Cue, clause: Span, setting: Setting) -> Holder | None:
    """The subject before a relative clause that a comma has closed: "Ottawa, which …, rejects"."""
    number = setting.clause_of(cue.span.start)
    opening = setting.words.relative.match(setting.folded, clause.start)
    if number == 0 or opening is None or cue.form is Form.NOUN:
        return None
    if "," not in setting.folded[opening.end() : cue.span.start]:
        return None
    before = setting.clauses[number - 1]
    named = [h for h in setting.holders if before.start <= h.span.start < before.end]
    near = [h for h in named if clause.start - h.span.end <= _HEAD and not is_oblique(h, setting)]
    return near[-1] if near else None


def _of_context(cue: Cue, clause: Span, lead: str, setting: Setting) -> Holder | None:
    """Whom a pronoun or a left-out subject stands for: in the sentence, else the one before."""
    if setting.words.complement.match(setting.folded, clause.start):
        return setting.speaker_at(cue.span)
    pronoun = setting.words.pronoun.search(lead)
    inside = clause.start > setting.sentence.start
    joined = inside and (
        are_few(lead)
        or setting.words.coordination.match(lead) is not None
        or setting.words.relative.match(lead) is not None
    )
    if pronoun is None:
        hangs = _is_participle(cue, setting)
        if inside and hangs and (are_few(lead) or _is_dropped(lead, setting, joined=joined)):
            return _main_subject(clause, setting)
        if not (_is_dropped(lead, setting, joined=joined) or (hangs and are_few(lead))):
            return None
    if pronoun is None and inside and setting.words.relative.match(setting.folded, clause.start):
        heads = [h for h in setting.holders if 0 <= clause.start - h.span.end <= _HEAD]
        if heads:
            return heads[-1]  # "sided with Washington, which challenged …"
    start = clause.start + (pronoun.start() if pronoun else 0)
    again = pronoun is not None and _is_said_again(pronoun, start, setting)
    if not again and (joined or not opens_with_pronoun(start, setting)):
        earlier = [h for h in setting.holders if h.span.end <= start and not is_oblique(h, setting)]
        if earlier:
            return earlier[-1]
    return _in_focus(cue, pronoun, start, setting, again=again)


def _is_said_again(pronoun: re.Match[str], place: int, setting: Setting) -> bool:
    """Whether a sentence has opened with the pronoun at *place*: "He wants …, and he …"."""
    first = setting.sentence.start
    return place > first and setting.folded.startswith(f"{pronoun.group()} ", first)


def _is_dropped(lead: str, setting: Setting, *, joined: bool) -> bool:
    """Whether a verb behind *lead* has no subject of its own."""
    return (setting.words.drops_subject or joined) and is_bare(lead, setting)


def _in_focus(
    cue: Cue, pronoun: re.Match[str] | None, start: int, setting: Setting, *, again: bool
) -> Holder | None:
    """Who was in focus in the sentences before, where the words from *start* on look back.

    *again* says that the sentence has opened with the same pronoun.
    """
    known, reporter = setting.reporter_at(cue.span)
    if known:
        return reporter
    opens = are_few(setting.folded[setting.sentence.start : start])
    if not (again or opens or opens_with_pronoun(start, setting)):
        return None
    return setting.focus.meant_by(pronoun.group() if pronoun else "")


def opens_with_pronoun(place: int, setting: Setting) -> bool:
    """Whether a pronoun before *place*, ahead of all names, points out of the sentence."""
    first = setting.words.pronoun.search(setting.folded, setting.sentence.start, place)
    names = [h.span.start for h in setting.holders]
    return first is not None and first.start() < min(names, default=place)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((match.start() for match in pattern.finditer(text)), default=-2)


def is_oblique(holder: Holder, setting: Setting) -> bool:
    """Whether *holder* is no subject: after a preposition ("talks with Canada"), or an owner."""
    key = holder.span.start, holder.span.end
    known = setting.oblique.get(key)
    if known is None:
        lead = setting.lead_in(holder.span.start)
        behind_preposition = (
            setting.words.preposition_before.search(lead) is not None
            # "A Washington le preocupa": it is he who worries.
            and not setting.words.dative_behind.match(setting.folded, holder.span.end)
        )
        known = setting.oblique[key] = (
            behind_preposition
            or (holder.is_adjective and setting.words.noun_before.search(lead) is not None)
            or _owns_matter(holder, setting)
            or _is_joined_to_oblique(holder, setting)
        )
    return known


def _is_joined_to_oblique(holder: Holder, setting: Setting) -> bool:
    """Whether a conjunction joins *holder* to one who is no subject: "talks with Canada and X"."""
    for other in reversed(setting.holders):
        if other.span.end <= holder.span.start:
            gap = setting.folded[other.span.end : holder.span.start]
            joined = "," not in gap and setting.words.coordination.fullmatch(gap) is not None
            return joined and is_oblique(other, setting)
    return False


def _owns_matter(holder: Holder, setting: Setting) -> bool:
    """Whether a named matter is the holder's ("Canada's dairy quotas")."""
    end = holder.span.end
    for named in setting.named:
        if (
            named.span.start >= end
            and _POSSESSED.fullmatch(setting.folded, end, named.span.start)
            and not is_trade(named.span, setting)
        ):
            return True
    return False


def is_trade(matter: Span, setting: Setting) -> bool:
    """Whether the words are of those who live by a matter ("Canada's dairy farmers")."""
    place = setting.words.trade_after.search(setting.folded, matter.start, setting.sentence.end)
    return place is not None and place.start() <= matter.end


def with_coordinated(holder: Holder, setting: Setting) -> Iterator[Holder]:
    """*holder* and those joined to it: "Canada and Mexico", "Mexico, like Canada,"."""
    yield holder
    joined, end = setting.words.coordination, holder.span.end
    for other in setting.holders:
        if other.span.start >= end:  # "rejected by Canada and Mexico"
            if not joined.fullmatch(setting.folded, end, other.span.start):
                break
            yield other
            end = other.span.end
    end, subject = holder.span.start, not is_oblique(holder, setting)
    for other in reversed(setting.holders):
        if other.span.end <= end:
            if not joined.fullmatch(setting.folded, other.span.end, end):
                return
            if subject and is_oblique(other, setting):
                return  # "the U.S. ambassador in Ottawa, Pete Hoekstra, …"
            yield other
            end = other.span.start
