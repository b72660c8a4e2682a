"""Which articles are copies of one text: the store's side of :mod:`storage.identity_texts`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, select, union_all, update
from sqlalchemy.dialects import postgresql, sqlite

from storage.bulk import among, insert_numbers, numbers
from storage.columns import UtcDateTime
from storage.identity_texts import (
    SAME_TEXT,
    WINDOW,
    Pair,
    cluster,
    prefixed,
    prefixes_near,
    text_shingles,
)
from storage.models import Article, Story, StoryPair, StoryShingle
from storage.printed import PUBLISHED

_WINDOW = timedelta(days=WINDOW)
# Words that stand in more stories than this within the window are an outlet's own (a notice of
# rights, an invitation to subscribe), not the text's.
_MOST_STORIES = 40
# Pairs that share less than this add next to nothing to a mean.
_LEAST_SHARE = 0.05
# Above this a component is not clustered anew: the article joins its nearest neighbour's story.
_LARGEST_COMPONENT = 150
_HASH = (1 << 48) - 1


@dataclass(frozen=True, slots=True)
class Member:
    """An article with what its story depends on."""

    id: int
    article_id: str
    story: int | None
    at: datetime
    title: str | None
    shingles: int


@dataclass(frozen=True, slots=True)
class Placed:
    """The article's story (primary key) and number of shingles, which the caller is to note.

    ``moved`` are the other articles whose story changed, ``left`` the stories that may be empty
    once the article's own is noted.
    """

    story: int
    shingles: int
    moved: frozenset[int]
    left: frozenset[int]


def place_article(connection: Connection, member: Member, lang: str, text: str) -> Placed:
    """Put an article into its story.

    That is the one of its near-copies in the same language, published within three days; it is
    called after its earliest article, whichever came first to us.
    """
    id = member.id
    shingles = text_shingles(text, lang)
    kept = _keep_shingles(connection, member, shingles)
    near = _near(connection, member, shingles)
    shares = {other: share for other, (share, _) in near.items()}
    known = _pairs(connection, {id}) if member.shingles else frozenset()
    if shares != {_other(pair, id): pair.containment for pair in known}:
        _keep_pairs(connection, id, shares, known)
    strong = {other for other, share in shares.items() if share >= SAME_TEXT}
    lost = {_other(pair, id) for pair in known if pair.containment >= SAME_TEXT}
    members = {id: member} | {other: found for other, (_, found) in near.items()}
    clusters = [frozenset({id})]
    if strong or lost:
        ids, pairs = _component(connection, {id, *strong, *lost})
        members |= _members(connection, ids - members.keys())
        members = {one: members[one] for one in ids}
        clusters = _clusters(members, pairs, id, shares)
    else:
        members = {id: member}
    story = 0
    changed: set[int] = set()
    for group in clusters:
        home, told = _settle(connection, [members[one] for one in group], lang, id)
        changed |= told
        story = home if id in group else story
    left = frozenset(one.story for one in members.values() if one.story)
    return Placed(story, kept, frozenset(changed - {id}), left - {story})


def _other(pair: Pair, id: int) -> int:
    return pair.one if pair.other == id else pair.other


def _day(at: datetime) -> int:
    return at.date().toordinal() - 719_163


_SHINGLES_OF = select(StoryShingle.hash).where(StoryShingle.article_id == bindparam("article"))
_FORGET_SHINGLES = delete(StoryShingle).where(StoryShingle.article_id == bindparam("article"))


def _keep_shingles(connection: Connection, member: Member, shingles: frozenset[int]) -> int:
    """Store the article's shingles; returns their number."""
    wanted = set(prefixed(shingles, _day(member.at)))
    known = set[int]()
    if member.shingles:
        known.update(connection.scalars(_SHINGLES_OF, {"article": member.id}))
    if known == wanted:
        return len(wanted)
    if known:
        connection.execute(_FORGET_SHINGLES, {"article": member.id})
    insert_numbers(connection, StoryShingle, [(value, member.id) for value in sorted(wanted)])
    return len(wanted)


_MEMBER = (
    *(Article.id, Article.article_id, Article.story_id, Article.published_at),
    *(Article.discovered_at, Article.title, Article.shingles),
)
_MEMBERS = select(*_MEMBER).where(among(Article.id, "ids"))


def _members(connection: Connection, ids: Collection[int]) -> dict[int, Member]:
    if not ids:
        return {}
    rows = connection.execute(_MEMBERS, {"ids": sorted(ids)})
    return {row.id: _member(row) for row in rows}


def _member(row: Any) -> Member:
    at = row.published_at or row.discovered_at
    return Member(row.id, row.article_id, row.story_id, at, row.title, row.shingles)


# --- pairs

_HOLDERS = select(StoryShingle.hash, StoryShingle.article_id).where(
    among(StoryShingle.hash, "hashes")
)
_BOILERPLATE = (
    select(StoryShingle.hash)
    .join(Article, Article.id == StoryShingle.article_id)
    .where(among(StoryShingle.hash, "hashes"))
    .group_by(StoryShingle.hash)
    .having(func.count(Article.story_id.distinct()) > _MOST_STORIES)
)
_IN_WINDOW = select(*_MEMBER).where(
    among(Article.id, "ids"),
    PUBLISHED.between(
        bindparam("since", type_=UtcDateTime()), bindparam("until", type_=UtcDateTime())
    ),
)


def _near(
    connection: Connection, member: Member, shingles: frozenset[int]
) -> dict[int, tuple[float, Member]]:
    """The articles in the window that share text with this one: containment, and the article."""
    holders = _holders(connection, member, shingles)
    own = _boilerplate(connection, member, holders)
    telling = shingles - {value & _HASH for value in own}
    common = Counter(
        chain.from_iterable(ids for value, ids in holders.items() if value & _HASH in telling)
    )
    held = Counter(chain.from_iterable(holders[value] for value in own))
    found: dict[int, tuple[float, Member]] = {}
    for other in _in_window(connection, member, common.keys() - {member.id}):
        size = max(other.shingles - held[other.id], common[other.id])
        share = common[other.id] / min(len(telling), size)
        if share >= _LEAST_SHARE:
            found[other.id] = (round(share, 4), other)
    return found


def _holders(
    connection: Connection, member: Member, shingles: Collection[int]
) -> dict[int, list[int]]:
    """The articles of about these days that have each of these shingles."""
    holders: dict[int, list[int]] = defaultdict(list)
    if shingles:
        asked = {"hashes": prefixes_near(shingles, _day(member.at))}
        for value, article in numbers(connection, _HOLDERS, asked):
            holders[value].append(article)
    return holders


def _boilerplate(
    connection: Connection, member: Member, holders: Mapping[int, Sequence[int]]
) -> list[int]:
    """Those of these shingles that stand in too many stories to tell of any."""
    sharing = set(chain.from_iterable(holders.values())) - {member.id}
    frequent = [value for value, ids in holders.items() if len(ids) > _MOST_STORIES]
    if not frequent or len(sharing) <= _MOST_STORIES:
        return []
    return list(connection.scalars(_BOILERPLATE, {"hashes": sorted(frequent)}))


def _in_window(connection: Connection, member: Member, ids: Collection[int]) -> list[Member]:
    """Those of these articles that were published within the window of this one."""
    if not ids:
        return []
    asked = {"ids": sorted(ids), "since": member.at - _WINDOW, "until": member.at + _WINDOW}
    return [_member(row) for row in connection.execute(_IN_WINDOW, asked)]


def _keep_pairs(
    connection: Connection, id: int, shares: Mapping[int, float], known: Collection[Pair]
) -> None:
    if known:
        for statement in _FORGET_PAIRS:
            connection.execute(statement, {"article": id})
    rows = [(min(id, other), max(id, other), share) for other, share in sorted(shares.items())]
    insert_numbers(connection, StoryPair, rows)


_FORGET_PAIRS = [
    delete(StoryPair).where(column == bindparam("article"))
    for column in (StoryPair.one, StoryPair.other)
]
_PAIRS = union_all(
    *(
        select(StoryPair.one, StoryPair.other, StoryPair.share).where(among(column, "ids"))
        for column in (StoryPair.one, StoryPair.other)
    )
)


def _pairs(connection: Connection, ids: Collection[int]) -> frozenset[Pair]:
    """All stored pairs with one of these articles in them."""
    rows = connection.execute(_PAIRS, {"ids": sorted(ids)})
    return frozenset(Pair(*row) for row in rows)


def _component(connection: Connection, start: Collection[int]) -> tuple[set[int], set[Pair]]:
    """All articles that strong pairs connect with these, and all pairs that these are in."""
    members = set(start)
    frontier = set(start)
    found: set[Pair] = set()
    while frontier and len(members) <= _LARGEST_COMPONENT:
        pairs = _pairs(connection, frontier)
        found |= pairs
        strong = (pair for pair in pairs if pair.containment >= SAME_TEXT)
        frontier = {article for pair in strong for article in (pair.one, pair.other)} - members
        members |= frontier
    return members, found


# --- stories


def _clusters(
    members: Mapping[int, Member],
    pairs: Collection[Pair],
    id: int,
    shares: Mapping[int, float],
) -> list[frozenset[int]]:
    if len(members) > _LARGEST_COMPONENT:
        return [_nearest_story(members, id, shares)]
    # Numbered by time, so that ties between equal pairs are broken alike everywhere.
    order = sorted(members, key=lambda m: (members[m].at, members[m].article_id))
    number = {member: place for place, member in enumerate(order)}
    inner = [
        Pair(number[pair.one], number[pair.other], pair.containment)
        for pair in pairs
        if pair.one in number and pair.other in number
    ]
    groups = cluster(range(len(order)), inner)
    return [frozenset(order[place] for place in group) for group in groups]


def _nearest_story(
    members: Mapping[int, Member], id: int, shares: Mapping[int, float]
) -> frozenset[int]:
    near = [other for other in shares if other in members and shares[other] >= SAME_TEXT]
    if not near:
        return frozenset({id})
    best = max(near, key=lambda other: (shares[other], members[other].article_id))
    story = members[best].story
    return frozenset({id, best, *(m.id for m in members.values() if m.story == story)})


_INSERT: Mapping[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
# Gives the row that is there, as it is, where the name is taken.
_NAMED = {
    dialect: statement.on_conflict_do_update(
        index_elements=["story_id"], set_={"story_id": statement.excluded.story_id}
    ).returning(Story.id, Story.first_published_at, Story.title)
    for dialect, insert in _INSERT.items()
    for statement in [insert(Story)]
}
_BEGIN = update(Story).where(Story.id == bindparam("story"))
_MOVE = update(Article).where(among(Article.id, "articles")).values(story_id=bindparam("story"))
_DROP = delete(Story).where(
    among(Story.id, "stories"),
    Story.id.not_in(select(Article.story_id).where(among(Article.story_id, "stories"))),
)


def _settle(
    connection: Connection, group: Sequence[Member], lang: str, own: int
) -> tuple[int, set[int]]:
    """Give the articles of *group* one story, but for the article *own*, which its caller gives it.

    Returns the story and the articles to which something new is told: all of them where the story
    has another name or beginning than before.
    """
    first = min(group, key=lambda member: (member.at, member.article_id))
    values = {"lang": lang, "title": first.title, "first_published_at": first.at}
    name = f"s_{first.article_id.removeprefix('a_')}"
    row = connection.execute(_NAMED[connection.dialect.name], {"story_id": name, **values}).one()
    begun = row.first_published_at != first.at
    if begun or row.title != first.title:
        connection.execute(_BEGIN.values(values), {"story": row.id})
    changed = {member.id for member in group if member.story != row.id}
    others = sorted(changed - {own})
    if others:
        connection.execute(_MOVE, {"articles": others, "story": row.id})
    return row.id, {member.id for member in group} if begun else changed


def drop_empty(connection: Connection, stories: Collection[int]) -> None:
    """Remove those of these stories that no article is in."""
    if stories:
        connection.execute(_DROP, {"stories": sorted(stories)})
