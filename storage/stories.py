"""Which articles are copies of one text: the store's side of :mod:`storage.identity_texts`."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select, update

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

_WINDOW = timedelta(days=WINDOW)
# Words that stand in more stories than this within the window are an outlet's own (a notice of
# rights, an invitation to subscribe), not the text's.
_MOST_STORIES = 40
# Pairs that share less than this add next to nothing to a mean.
_LEAST_SHARE = 0.05
# Above this a component is not clustered anew: the article joins its nearest neighbour's story.
_LARGEST_COMPONENT = 150
_CHUNK = 500
_HASH = (1 << 48) - 1


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    article_id: str
    story: int | None
    at: datetime
    title: str | None
    lang: str
    shingles: int


def place_article(connection: Connection, id: int, lang: str, text: str) -> frozenset[int]:
    """Put the article with this id into its story; returns the articles whose story changed.

    The article itself is not among them. The story is that of its near-copies in the same
    language, published within three days; it is called after its earliest article, whichever came
    first to us.
    """
    member = _members(connection, [id], lang)[id]
    shingles = text_shingles(text, lang)
    _keep_shingles(connection, member, shingles)
    shares = _shares(connection, member, shingles)
    known = _pairs(connection, {id}, least=0.0) if member.shingles else set()
    if shares != {_other(pair, id): pair.containment for pair in known}:
        _keep_pairs(connection, id, shares, known)
    strong = {other for other, share in shares.items() if share >= SAME_TEXT}
    lost = {_other(pair, id) for pair in known if pair.containment >= SAME_TEXT}
    if not strong and not lost:
        _settle(connection, [member])
        _drop_empty(connection, {member.story} if member.story else set())
        return frozenset()
    members = _members(connection, _component(connection, {id, *strong, *lost}), lang)
    clusters = _clusters(connection, members, id, shares)
    changed: set[int] = set()
    for group in clusters:
        changed |= _settle(connection, [members[member] for member in group])
    _drop_empty(connection, {member.story for member in members.values() if member.story})
    return frozenset(changed - {id})


def _other(pair: Pair, id: int) -> int:
    return pair.one if pair.other == id else pair.other


def _day(at: datetime) -> int:
    return at.date().toordinal() - 719_163


def _keep_shingles(connection: Connection, member: _Member, shingles: frozenset[int]) -> None:
    wanted = set(prefixed(shingles, _day(member.at)))
    chosen = select(StoryShingle.hash).where(StoryShingle.article_id == member.id)
    known = set(connection.scalars(chosen)) if member.shingles else set()
    if known == wanted:
        return
    if known:
        connection.execute(delete(StoryShingle).where(StoryShingle.article_id == member.id))
    if wanted:
        rows = [{"hash": value, "article_id": member.id} for value in sorted(wanted)]
        connection.execute(insert(StoryShingle), rows)
    connection.execute(update(Article).where(Article.id == member.id).values(shingles=len(wanted)))


def _members(connection: Connection, ids: Collection[int], lang: str) -> dict[int, _Member]:
    found: dict[int, _Member] = {}
    for chunk in _chunks(sorted(ids)):
        rows = connection.execute(
            select(
                Article.id,
                Article.article_id,
                Article.story_id,
                Article.published_at,
                Article.discovered_at,
                Article.title,
                Article.shingles,
            ).where(Article.id.in_(chunk))
        )
        for row in rows:
            at = row.published_at or row.discovered_at
            found[row.id] = _Member(
                row.id, row.article_id, row.story_id, at, row.title, lang, row.shingles
            )
    return found


# --- pairs


def _shares(connection: Connection, member: _Member, shingles: frozenset[int]) -> dict[int, float]:
    """The containment of the article and each that shares text with it in the window."""
    common, own = _common(connection, member, shingles), set[int]()
    if len(common) > _MOST_STORIES:
        own = _boilerplate(connection, member, shingles)
    telling = shingles - {value & _HASH for value in own}
    if own:
        common = _common(connection, member, telling)
    sizes = _sizes(connection, member, common, own)
    shares = {other: common[other] / min(len(telling), size) for other, size in sizes.items()}
    return {other: round(share, 4) for other, share in shares.items() if share >= _LEAST_SHARE}


def _common(connection: Connection, member: _Member, shingles: Collection[int]) -> dict[int, int]:
    """How many of these shingles each other article of about these days has."""
    common: Counter[int] = Counter()
    for chunk in _chunks(prefixes_near(shingles, _day(member.at))):
        rows = connection.execute(
            select(StoryShingle.article_id, func.count())
            .where(StoryShingle.hash.in_(chunk), StoryShingle.article_id != member.id)
            .group_by(StoryShingle.article_id)
        )
        for other, count in rows:
            common[other] += count
    return common


def _boilerplate(connection: Connection, member: _Member, shingles: frozenset[int]) -> set[int]:
    """Those shingles (as they are stored) that stand in too many stories of these days."""
    frequent: list[int] = []
    for chunk in _chunks(prefixes_near(shingles, _day(member.at))):
        frequent += connection.scalars(
            select(StoryShingle.hash)
            .where(StoryShingle.hash.in_(chunk))
            .group_by(StoryShingle.hash)
            .having(func.count() > _MOST_STORIES)
        )
    found: set[int] = set()
    for chunk in _chunks(sorted(frequent)):
        found.update(
            connection.scalars(
                select(StoryShingle.hash)
                .join(Article, Article.id == StoryShingle.article_id)
                .where(StoryShingle.hash.in_(chunk))
                .group_by(StoryShingle.hash)
                .having(func.count(Article.story_id.distinct()) > _MOST_STORIES)
            )
        )
    return found


def _sizes(
    connection: Connection, member: _Member, common: Mapping[int, int], own: Collection[int]
) -> dict[int, int]:
    """How many telling shingles each of these articles in the window has."""
    at = func.coalesce(Article.published_at, Article.discovered_at)
    sizes: dict[int, int] = {}
    for chunk in _chunks(sorted(common)):
        rows = connection.execute(
            select(Article.id, Article.shingles)
            .where(Article.id.in_(chunk))
            .where(at.between(member.at - _WINDOW, member.at + _WINDOW))
        )
        sizes.update({row.id: row.shingles for row in rows})
        if own:
            shared = connection.execute(
                select(StoryShingle.article_id, func.count())
                .where(StoryShingle.hash.in_(sorted(own)[:_CHUNK]))
                .where(StoryShingle.article_id.in_(chunk))
                .group_by(StoryShingle.article_id)
            )
            for id, count in shared:
                if id in sizes:
                    sizes[id] -= count
    return {id: max(size, common[id]) for id, size in sizes.items()}


def _keep_pairs(
    connection: Connection, id: int, shares: Mapping[int, float], known: Collection[Pair]
) -> None:
    if known:
        for column in (StoryPair.one, StoryPair.other):
            connection.execute(delete(StoryPair).where(column == id))
    rows = [
        {"one": min(id, other), "other": max(id, other), "share": share}
        for other, share in sorted(shares.items())
    ]
    if rows:
        connection.execute(insert(StoryPair), rows)


def _strong_pairs(connection: Connection, ids: Collection[int]) -> set[Pair]:
    return _pairs(connection, ids, least=SAME_TEXT)


def _pairs(connection: Connection, ids: Collection[int], *, least: float) -> set[Pair]:
    """All stored pairs of at least that share with one of these articles in them."""
    found: set[Pair] = set()
    for chunk in _chunks(sorted(ids)):
        for column in (StoryPair.one, StoryPair.other):
            rows = connection.execute(
                select(StoryPair.one, StoryPair.other, StoryPair.share).where(
                    column.in_(chunk), StoryPair.share >= least
                )
            )
            found.update(Pair(*row) for row in rows)
    return found


def _component(connection: Connection, start: Collection[int]) -> set[int]:
    """All articles that strong pairs connect with these."""
    members = set(start)
    frontier = set(start)
    while frontier and len(members) <= _LARGEST_COMPONENT:
        pairs = _strong_pairs(connection, frontier)
        frontier = {article for pair in pairs for article in (pair.one, pair.other)} - members
        members |= frontier
    return members


# --- stories


def _clusters(
    connection: Connection, members: Mapping[int, _Member], id: int, shares: Mapping[int, float]
) -> list[frozenset[int]]:
    if len(members) > _LARGEST_COMPONENT:
        return [_nearest_story(members, id, shares)]
    # Numbered by time, so that ties between equal pairs are broken alike everywhere.
    order = sorted(members, key=lambda m: (members[m].at, members[m].article_id))
    number = {member: place for place, member in enumerate(order)}
    pairs = [
        Pair(number[pair.one], number[pair.other], pair.containment)
        for pair in _pairs(connection, members, least=0.0)
        if pair.one in number and pair.other in number
    ]
    groups = cluster(range(len(order)), pairs)
    return [frozenset(order[place] for place in group) for group in groups]


def _nearest_story(
    members: Mapping[int, _Member], id: int, shares: Mapping[int, float]
) -> frozenset[int]:
    near = [other for other in shares if other in members and shares[other] >= SAME_TEXT]
    if not near:
        return frozenset({id})
    best = max(near, key=lambda other: (shares[other], members[other].article_id))
    story = members[best].story
    return frozenset({id, best, *(m.id for m in members.values() if m.story == story)})


def _settle(connection: Connection, group: Sequence[_Member]) -> set[int]:
    """Give the articles of *group* one story; returns those to which something new is told.

    That is all of them where the story has another name or beginning than before.
    """
    first = min(group, key=lambda member: (member.at, member.article_id))
    name = f"s_{first.article_id.removeprefix('a_')}"
    row = connection.execute(
        select(Story.id, Story.first_published_at, Story.title).where(Story.story_id == name)
    ).first()
    values = {"lang": first.lang, "title": first.title, "first_published_at": first.at}
    if row is None:
        story = connection.execute(
            insert(Story).values(story_id=name, **values).returning(Story.id)
        ).scalar_one()
    else:
        story = row.id
        if (row.first_published_at, row.title) != (first.at, first.title):
            connection.execute(update(Story).where(Story.id == story).values(values))
    changed = {member.id for member in group if member.story != story}
    for chunk in _chunks(sorted(changed)):
        connection.execute(update(Article).where(Article.id.in_(chunk)).values(story_id=story))
    begun = row is not None and row.first_published_at != first.at
    return {member.id for member in group} if begun else changed


def _drop_empty(connection: Connection, stories: Collection[int]) -> None:
    if stories:
        used = select(Article.story_id).where(Article.story_id.in_(list(stories)))
        connection.execute(delete(Story).where(Story.id.in_(list(stories)), Story.id.not_in(used)))


def _chunks(values: Sequence[int]) -> Iterable[Sequence[int]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
