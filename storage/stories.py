"""Which articles are copies of one text: the store's side of :func:`storage.identity.cluster`."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from sqlalchemy import Connection, delete, func, insert, select, update

from storage.identity import SAME_TEXT, Pair, cluster, containment, text_shingles
from storage.models import Article, Story, StoryShingle

_WINDOW = timedelta(days=3)
# Above this a component is not clustered anew: the article joins its nearest neighbour's story.
_LARGEST_COMPONENT = 120
_CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Member:
    id: int
    article_id: str
    story: int | None
    at: datetime
    title: str | None
    lang: str


def place_article(connection: Connection, id: int, lang: str, text: str) -> frozenset[int]:
    """Put the article with this id into its story; returns the other articles whose story changed.

    The story is that of its near-copies in the same language, published within three days; it is
    called after its earliest article, whichever came first to us.
    """
    shingles = text_shingles(text)
    _keep_shingles(connection, id, shingles)
    members = _members(connection, [id], lang)
    near = _nearest(connection, members[id], shingles) if shingles else {}
    strong = [other for other, share in near.items() if share >= SAME_TEXT]
    if strong:
        members |= _members(connection, _story_mates(connection, strong), lang)
    clusters = _clusters(connection, members, id, near)
    changed: set[int] = set()
    for group in clusters:
        changed |= _settle(connection, [members[member] for member in group])
    _drop_empty(connection, {member.story for member in members.values() if member.story})
    return frozenset(changed - {id})


def _keep_shingles(connection: Connection, id: int, shingles: frozenset[int]) -> None:
    known = set(connection.scalars(select(StoryShingle.hash).where(StoryShingle.article_id == id)))
    if known == shingles:
        return
    connection.execute(delete(StoryShingle).where(StoryShingle.article_id == id))
    if shingles:
        connection.execute(
            insert(StoryShingle), [{"hash": value, "article_id": id} for value in sorted(shingles)]
        )


def _members(connection: Connection, ids: Collection[int], lang: str) -> dict[int, _Member]:
    rows = connection.execute(
        select(
            Article.id,
            Article.article_id,
            Article.story_id,
            Article.published_at,
            Article.discovered_at,
            Article.title,
        ).where(Article.id.in_(list(ids)))
    )
    return {
        row.id: _Member(
            row.id,
            row.article_id,
            row.story_id,
            row.published_at or row.discovered_at,
            row.title,
            lang,
        )
        for row in rows
    }


def _nearest(connection: Connection, member: _Member, shingles: frozenset[int]) -> dict[int, float]:
    """The containment of the article and each that shares shingles with it in the window."""
    common: Counter[int] = Counter()
    for chunk in _chunks(sorted(shingles)):
        rows = connection.execute(
            select(StoryShingle.article_id, func.count())
            .join(Article, Article.id == StoryShingle.article_id)
            .where(StoryShingle.hash.in_(chunk), Article.lang == member.lang)
            .where(Article.id != member.id)
            .where(
                func.coalesce(Article.published_at, Article.discovered_at).between(
                    member.at - _WINDOW, member.at + _WINDOW
                )
            )
            .group_by(StoryShingle.article_id)
        )
        common.update({row[0]: row[1] for row in rows})
    sizes = _sizes(connection, common)
    return {other: count / min(len(shingles), sizes[other]) for other, count in common.items()}


def _sizes(connection: Connection, ids: Iterable[int]) -> dict[int, int]:
    sizes: dict[int, int] = {}
    for chunk in _chunks(list(ids)):
        rows = connection.execute(
            select(StoryShingle.article_id, func.count())
            .where(StoryShingle.article_id.in_(chunk))
            .group_by(StoryShingle.article_id)
        )
        sizes.update({row[0]: row[1] for row in rows})
    return sizes


def _story_mates(connection: Connection, ids: Collection[int]) -> set[int]:
    stories = select(Article.story_id).where(Article.id.in_(list(ids)))
    mates = connection.scalars(select(Article.id).where(Article.story_id.in_(stories)))
    return set(ids) | set(mates)


def _clusters(
    connection: Connection, members: dict[int, _Member], id: int, near: dict[int, float]
) -> list[frozenset[int]]:
    if len(members) == 1:
        return [frozenset(members)]
    if len(members) > _LARGEST_COMPONENT:
        best = max((other for other in near if other in members), key=lambda other: near[other])
        story = members[best].story
        return [frozenset({id, *(m.id for m in members.values() if m.story == story)})]
    # Numbered by time, so that ties between equal pairs are broken alike everywhere.
    order = sorted(members, key=lambda m: (members[m].at, members[m].article_id))
    sets = _shingle_sets(connection, order)
    pairs = [
        Pair(one, other, containment(sets[order[one]], sets[order[other]]))
        for one, other in combinations(range(len(order)), 2)
    ]
    groups = cluster(range(len(order)), pairs)
    return [frozenset(order[number] for number in group) for group in groups]


def _shingle_sets(connection: Connection, ids: Collection[int]) -> dict[int, frozenset[int]]:
    sets: dict[int, set[int]] = defaultdict(set)
    for chunk in _chunks(list(ids)):
        for row in connection.execute(
            select(StoryShingle.article_id, StoryShingle.hash).where(
                StoryShingle.article_id.in_(chunk)
            )
        ):
            sets[row.article_id].add(row.hash)
    return {id: frozenset(sets[id]) for id in ids}


def _settle(connection: Connection, group: list[_Member]) -> set[int]:
    """Give the articles of *group* one story; returns those that had another."""
    first = min(group, key=lambda member: (member.at, member.article_id))
    name = f"s_{first.article_id.removeprefix('a_')}"
    story = connection.scalar(select(Story.id).where(Story.story_id == name))
    values = {"lang": first.lang, "title": first.title, "first_published_at": first.at}
    if story is None:
        story = connection.execute(
            insert(Story).values(story_id=name, **values).returning(Story.id)
        ).scalar_one()
    else:
        connection.execute(update(Story).where(Story.id == story).values(values))
    changed = {member.id for member in group if member.story != story}
    if changed:
        connection.execute(update(Article).where(Article.id.in_(changed)).values(story_id=story))
    return changed


def _drop_empty(connection: Connection, stories: Collection[int]) -> None:
    if stories:
        used = select(Article.story_id).where(Article.story_id.in_(list(stories)))
        connection.execute(delete(Story).where(Story.id.in_(list(stories)), Story.id.not_in(used)))


def _chunks(values: list[int]) -> Iterable[list[int]]:
    return (values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK))
