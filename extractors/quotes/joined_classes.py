"""Sets of words made of several word classes, for what the rules of a language ask most.

Most words of a text belong to none of the classes that a rule has in view. One look into a set
that joins them tells so, and the rule need not ask for each.
"""

from dataclasses import dataclass

from extractors.actors.lexicon import ActorWords
from extractors.quotes.lexicon import PAST, PLURAL, SINGULAR, Lexicon
from extractors.quotes.pauses import PAUSES

_PAST, _PRESENT = frozenset({PAST}), frozenset({SINGULAR, PLURAL})
_NO_WAY_PAST = frozenset({";", ":", ""})  # between a cue and its "that"; a quotation's form is ""
_STOPS = frozenset({",", ";", ":", "—", "–", "--"})


@dataclass(frozen=True, slots=True)
class JoinedClasses:
    """Sets of words and marks in lower case, by what they are looked up for."""

    roles: frozenset[str]
    first_names: frozenset[str]
    no_names: frozenset[str]  # words that a capital makes no name
    verbs: frozenset[str]  # forms of cues that are verbs wherever they stand
    openers: frozenset[str]  # what can begin a noun phrase by itself, small: articles, roles
    prepositions: frozenset[str]  # those that are no article ("des" may be either)
    links: frozenset[str]  # what ties a noun to the one before ("of", "de la")
    before_phrases: frozenset[str]  # small words with which no noun phrase begins
    after_phrases: frozenset[str]  # small words that are part of none but as the first
    bare_pronouns: frozenset[str]  # those that are no article or the like
    particles: frozenset[str]  # those of names that are no "and"
    in_no_name: frozenset[str]  # with a capital only as the first of a sentence
    doubtful_names: frozenset[str]  # words that a capital makes a name in some places only
    connectives: frozenset[str]  # what only leads up to the clause that comes
    closed: frozenset[str]  # small words that are no adjective
    verbal: frozenset[str]  # verbs that stand in a list: finite ones, modals, auxiliaries
    no_unlisted: frozenset[str]  # what is no verb that stands in no list
    when_or_where: frozenset[str]
    before_names: frozenset[str]  # what may stand before a title, and titles
    fillers: frozenset[str]  # what between a cue and its content says nothing of either
    clitics: frozenset[str]  # French: pronouns tied to their verb by a hyphen ("-t-il")
    pronouns_after: frozenset[str]  # those that may follow their verb
    subject_stops: frozenset[str]  # small words before which a subject begins at the latest
    subject_marks: frozenset[str]  # those, verbs and what may join two subjects or clauses
    clause_openers: frozenset[str]  # "that", question words, and what no clause is beyond
    verb_helpers: frozenset[str]  # what may stand before a verb as part of its group
    clause_marks: frozenset[str]  # words and marks before which a clause may end
    phrase_ends: frozenset[str]  # what may be the first word that is no part of a phrase any more
    noun_marks: frozenset[str]  # what tells where in a phrase the noun stands that it is about


def joined_classes(lex: Lexicon, people: ActorWords) -> dict[str, frozenset[str]]:
    """The sets of :class:`JoinedClasses` for a language, by name."""
    return {**_of_names(lex, people), **_of_phrases(lex, people), **_of_clauses(lex)}


def _of_names(lex: Lexicon, people: ActorWords) -> dict[str, frozenset[str]]:
    articles, roles = lex.determiners, frozenset(people.roles)
    no_names = people.not_names.union(articles, lex.days, lex.prepositions, lex.pronouns)
    in_no_name = lex.conjunctions.union(lex.subordinators, roles)
    before_names = people.titles | lex.title_modifiers
    return {
        "roles": roles,
        "first_names": frozenset(people.first_names),
        "no_names": no_names,
        "in_no_name": in_no_name,
        "doubtful_names": no_names.union(
            in_no_name,
            before_names,
            lex.adverbs,
            lex.cues,
            lex.postposed_pronouns,
            lex.stressed_pronouns,
        ),
        "particles": people.particles - lex.coordinators,
        "before_names": before_names,
    }


def _of_phrases(lex: Lexicon, people: ActorWords) -> dict[str, frozenset[str]]:
    articles, roles, verbs = lex.determiners, frozenset(people.roles), _sure_verbs(lex)
    prepositions = lex.prepositions - articles
    after_phrases = lex.relatives | lex.complementisers | lex.auxiliaries
    subject_stops = (lex.subordinators | lex.relatives | lex.pronouns) - articles
    return {
        "verbs": verbs,
        "openers": articles | roles,
        "prepositions": prepositions,
        "links": lex.noun_links | articles,
        "before_phrases": prepositions.union(
            lex.pronouns,
            lex.subordinators,
            lex.complementisers,
            lex.conjunctions,
            lex.modals,
            lex.auxiliaries,
            lex.object_pronouns - articles,
        ),
        "after_phrases": after_phrases,
        "phrase_ends": prepositions.union(
            lex.wide_links, after_phrases, lex.finite, verbs, lex.days
        ),
        "noun_marks": people.demonyms.union(roles, lex.prepositions),
        "bare_pronouns": lex.pronouns - articles,
        "clitics": frozenset(low for low in lex.postposed_pronouns if low.startswith("-")),
        "pronouns_after": lex.postposed_pronouns | lex.stressed_pronouns,
        "subject_stops": subject_stops,
        "subject_marks": subject_stops.union(lex.conjunctions, lex.finite, verbs),
    }


def _of_clauses(lex: Lexicon) -> dict[str, frozenset[str]]:
    connectives = lex.relatives | lex.subordinators | lex.conjunctions
    closed = connectives.union(lex.prepositions, lex.days, lex.complementisers)
    verbal = lex.finite | lex.modals | lex.auxiliaries
    return {
        "connectives": connectives,
        "closed": closed,
        "verbal": verbal,
        "no_unlisted": closed.union(verbal, lex.determiners, lex.pronouns, lex.time_nouns),
        "when_or_where": lex.settings | lex.days | lex.time_nouns,
        "fillers": PAUSES.union(lex.complementisers, lex.days, lex.cue_prepositions),
        "clause_openers": lex.question_words.union(lex.complementisers, _NO_WAY_PAST),
        "clause_marks": _STOPS.union(lex.coordinators, lex.conjunctions, lex.resuming),
        "verb_helpers": lex.auxiliaries.union(
            lex.shortened,
            lex.modals,
            lex.addressed,
            lex.object_pronouns,
            lex.postposed_pronouns,
            lex.negations,
        ),
    }


def _sure_verbs(lex: Lexicon) -> frozenset[str]:
    """Forms of cues that are verbs wherever they stand."""
    forms = _PAST if lex.fixed_order else _PRESENT
    return frozenset(
        low
        for low, words in lex.cues.items()
        if any(word.forms & forms and not word.rest for word in words) and low not in lex.nouns
    )
