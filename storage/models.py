"""The tables. Their names are ours; users query the views (``storage/views/*.sql``).

A row's way: ``feed`` → ``entry`` → ``article`` (+ ``revision``) → ``event`` with its ``sighting``
rows → ``change`` (the outbox) → ``delivery``. Every stage's state is a column here, so the
database is the only hand-over between stages.
"""

from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.columns import Blob, SafeText, UtcDateTime

# SQLite gives a rowid only to INTEGER; PostgreSQL wants room.
BigId = BigInteger().with_variant(Integer, "sqlite")

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The schema's declarative base."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {
        str: SafeText(),
        datetime: UtcDateTime(),
        bytes: Blob(),
    }


class Meta(Base):
    """Single values about the store itself, such as when it was made."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    value: Mapped[str]


class Feed(Base):
    """A feed and the state of its polling."""

    __tablename__ = "feed"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    url: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str | None]
    outlet: Mapped[str | None]
    lang: Mapped[str | None] = mapped_column(String(16))
    zone: Mapped[str | None] = mapped_column(String(64))
    folder: Mapped[str | None]
    # active | paused | failing | gone
    state: Mapped[str] = mapped_column(String(16), server_default="active")
    added_at: Mapped[datetime]
    fixed_interval: Mapped[int | None]  # seconds, where a user chose one
    interval: Mapped[int]  # seconds
    next_poll_at: Mapped[datetime] = mapped_column(index=True)
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    body_hash: Mapped[str | None] = mapped_column(String(64))
    moved_to: Mapped[str | None]
    moved_seen: Mapped[int] = mapped_column(server_default=text("0"))
    last_polled_at: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_new_at: Mapped[datetime | None]
    last_status: Mapped[int | None]
    last_error: Mapped[str | None]
    failures: Mapped[int] = mapped_column(server_default=text("0"))  # in a row
    polls: Mapped[int] = mapped_column(server_default=text("0"))


class Entry(Base):
    """An entry as its feed gave it; an edit raises ``revision``."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("feed_id", "key"),)

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    feed_id: Mapped[int] = mapped_column(ForeignKey("feed.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(64))
    entry_id: Mapped[str | None]
    link: Mapped[str | None]
    title: Mapped[str | None]
    summary: Mapped[str | None]
    content: Mapped[str | None]
    author: Mapped[str | None]
    published_at: Mapped[datetime | None]
    updated_at: Mapped[datetime | None]
    content_hash: Mapped[str] = mapped_column(String(64))
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    seen_at: Mapped[datetime]
    article_id: Mapped[int | None] = mapped_column(
        ForeignKey("article.id", ondelete="SET NULL"), index=True
    )


class Story(Base):
    """A cluster of articles that are copies or light rewrites of one text."""

    __tablename__ = "story"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    story_id: Mapped[str] = mapped_column(String(40), unique=True)
    lang: Mapped[str] = mapped_column(String(16))
    title: Mapped[str | None]
    first_published_at: Mapped[datetime]

    __table_args__ = (
        Index("ix_story_first_published_at_story_id", "first_published_at", "story_id"),
    )


class Article(Base):
    """An article at one address, with the state of its fetching and extraction.

    The text lies in ``revision``; ``revision`` here is the number of the current one.
    """

    __tablename__ = "article"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    article_id: Mapped[str] = mapped_column(String(40), unique=True)
    url_key: Mapped[str] = mapped_column(String(64), unique=True)  # SHA-256 of the address's key
    url: Mapped[str]
    host: Mapped[str] = mapped_column(String(255))
    canonical: Mapped[str | None]
    canonical_key: Mapped[str | None] = mapped_column(String(64), index=True)
    # fetch | extract | done | skipped | failed
    state: Mapped[str] = mapped_column(String(16))
    next_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    last_error: Mapped[str | None]
    # article | paywalled | live | not_article | …; "feed" where the text is the feed's own
    kind: Mapped[str | None] = mapped_column(String(16))
    outlet: Mapped[str | None]
    title: Mapped[str | None]
    byline: Mapped[str | None]
    lang: Mapped[str | None] = mapped_column(String(16))
    zone: Mapped[str | None] = mapped_column(String(64))
    published_at: Mapped[datetime | None] = mapped_column(index=True)
    published_source: Mapped[str | None] = mapped_column(String(16))
    published_precision: Mapped[str | None] = mapped_column(String(16))
    discovered_at: Mapped[datetime]
    fetched_at: Mapped[datetime | None]
    etag: Mapped[str | None]
    last_modified: Mapped[str | None]
    revision: Mapped[int] = mapped_column(server_default=text("0"))
    extracted_revision: Mapped[int] = mapped_column(server_default=text("0"))
    extractor: Mapped[str | None] = mapped_column(String(64))
    relevance: Mapped[float | None]
    relevance_reason: Mapped[str | None]
    story_id: Mapped[int | None] = mapped_column(ForeignKey("story.id"), index=True)
    shingles: Mapped[int] = mapped_column(server_default=text("0"))  # rows in story_shingle

    __table_args__ = (
        Index("ix_article_state_next_at", "state", "next_at"),
        # The order of every listing of articles.
        Index("ix_article_newest", text("coalesce(published_at, fetched_at)"), "article_id"),
    )


class Revision(Base):
    """The text of an article as it stood when it was fetched."""

    __tablename__ = "revision"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    number: Mapped[int] = mapped_column(primary_key=True)
    fetched_at: Mapped[datetime]
    title: Mapped[str | None]
    text: Mapped[str]
    content_hash: Mapped[str] = mapped_column(String(64))
    raw: Mapped[bytes | None]  # the page, zlib-compressed, where retention.keep_raw is set


class StoryShingle(Base):
    """Sampled word shingles of an article's text, by days: the index behind stories."""

    __tablename__ = "story_shingle"
    __table_args__ = ({"sqlite_with_rowid": False},)

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class StoryPair(Base):
    """Two articles that share text, and how much of the shorter one; ``one`` is the smaller id."""

    __tablename__ = "story_pair"
    __table_args__ = ({"sqlite_with_rowid": False},)

    one: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    other: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    share: Mapped[float]


class Event(Base):
    """One statement, deadline or position, however many articles carry it."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    event_id: Mapped[str] = mapped_column(String(40), unique=True)
    type: Mapped[str] = mapped_column(String(16))
    status: Mapped[str] = mapped_column(String(16), server_default="active")
    lang: Mapped[str] = mapped_column(String(16))
    first_seen_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    # When the words were first and last published.
    first_published_at: Mapped[datetime]
    last_published_at: Mapped[datetime]
    sightings: Mapped[int] = mapped_column(server_default=text("0"))
    outlets: Mapped[int] = mapped_column(server_default=text("0"))
    stories: Mapped[int] = mapped_column(server_default=text("0"))
    first_article_id: Mapped[int] = mapped_column(ForeignKey("article.id"))
    issues: Mapped[str] = mapped_column(server_default="[]")  # JSON list of pack ids
    confidence: Mapped[float] = mapped_column(server_default=text("1.0"))

    __table_args__ = (
        Index("ix_event_type_first_seen_at", "type", "first_seen_at"),
        # The order of every listing of newest events.
        Index(
            "ix_event_type_first_published_at_event_id", "type", "first_published_at", "event_id"
        ),
        Index("ix_event_last_seen_at", "last_seen_at"),
    )


class Quote(Base):
    """The data of a quote event."""

    __tablename__ = "quote"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    text: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    speaker_name: Mapped[str | None] = mapped_column(index=True)
    speaker_mention: Mapped[str | None]
    actor: Mapped[str | None] = mapped_column(String(128), index=True)
    role: Mapped[str | None]
    organisation: Mapped[str | None]
    party: Mapped[str | None] = mapped_column(String(16), index=True)
    cue: Mapped[str | None]
    context: Mapped[str]
    # By which translations are found (see storage.translations).
    gist: Mapped[str | None] = mapped_column(index=True)


class Deadline(Base):
    """The data of a deadline event; ``history`` is the JSON list of its earlier dates."""

    __tablename__ = "deadline"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    what: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    due_from: Mapped[date | None] = mapped_column(index=True)
    due_to: Mapped[date | None] = mapped_column(index=True)
    due_precision: Mapped[str | None] = mapped_column(String(16))
    due_text: Mapped[str]
    certainty: Mapped[str] = mapped_column(String(16))
    set_by: Mapped[str | None]
    set_by_actor: Mapped[str | None] = mapped_column(String(128))
    set_by_party: Mapped[str | None] = mapped_column(String(16), index=True)
    consequence: Mapped[str | None]
    clock: Mapped[str | None]  # JSON
    milestone: Mapped[str | None] = mapped_column(String(128), index=True)
    context: Mapped[str]
    moves: Mapped[int] = mapped_column(server_default=text("0"))
    previous_due_from: Mapped[date | None]
    history: Mapped[str] = mapped_column(server_default="[]")  # JSON


class IssueMention(Base):
    """The data of an issue_mention event."""

    __tablename__ = "issue_mention"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    issue: Mapped[str] = mapped_column(String(128))
    issue_name: Mapped[str]
    party: Mapped[str | None] = mapped_column(String(16))
    actor: Mapped[str | None] = mapped_column(String(128))
    stance: Mapped[str] = mapped_column(String(16))
    text: Mapped[str]
    told_at: Mapped[datetime]  # the event's first_published_at, for the index

    __table_args__ = (Index("ix_issue_mention_issue_party_told_at", "issue", "party", "told_at"),)


class SightingKey(Base):
    """Hashes under which sightings of other wordings are found: the index behind identity.

    Both parts begin with days, so what is near in time is near in the index, and the cost of one
    more article is that of its weeks, however much is stored.
    """

    __tablename__ = "sighting_key"

    hash: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    digest: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    size: Mapped[int]  # how many keys the digest has

    __table_args__ = ({"sqlite_with_rowid": False},)


class Sighting(Base):
    """One span of one occurrence of an event in an article's current revision."""

    __tablename__ = "sighting"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    occurrence: Mapped[int] = mapped_column(primary_key=True)
    part: Mapped[int] = mapped_column(primary_key=True)
    revision: Mapped[int]
    start_offset: Mapped[int]
    end_offset: Mapped[int]
    text: Mapped[str]
    # The item as this article has it (JSON): what the event's data is made of; in part 0 only.
    item: Mapped[str | None]
    # Wording, speaker and day (see storage.identity): one digest, one event; in part 0 only.
    digest: Mapped[int | None] = mapped_column(BigInteger, index=True)
    seen_at: Mapped[datetime]


class Change(Base):
    """The outbox: every creation or change of an event, frozen as it was then."""

    __tablename__ = "change"

    seq: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=True)
    topic: Mapped[str] = mapped_column(String(32))
    event_id: Mapped[str | None] = mapped_column(String(40), index=True)
    event_type: Mapped[str | None] = mapped_column(String(16))
    at: Mapped[datetime]
    snapshot: Mapped[str]  # JSON

    __table_args__ = ({"sqlite_autoincrement": True},)


class Endpoint(Base):
    """A webhook's receiver and its subscription."""

    __tablename__ = "endpoint"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    endpoint_id: Mapped[str] = mapped_column(String(40), unique=True)
    url: Mapped[str]
    secret: Mapped[str]
    old_secret: Mapped[str | None]
    old_secret_until: Mapped[datetime | None]
    filters: Mapped[str]  # JSON: topics and field filters
    # active | disabled
    state: Mapped[str] = mapped_column(String(16), server_default="active")
    reason: Mapped[str | None]
    added_at: Mapped[datetime]
    cursor: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    failures: Mapped[int] = mapped_column(server_default=text("0"))  # in a row
    failing_since: Mapped[datetime | None]
    paused_until: Mapped[datetime | None]
    last_ok_at: Mapped[datetime | None]
    last_error: Mapped[str | None]


class Delivery(Base):
    """One change on its way to one endpoint."""

    __tablename__ = "delivery"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    endpoint_id: Mapped[int] = mapped_column(ForeignKey("endpoint.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(ForeignKey("change.seq"), index=True)
    event_id: Mapped[str | None] = mapped_column(String(40))
    topic: Mapped[str] = mapped_column(String(32))
    # pending | delivered | dead | cancelled
    state: Mapped[str] = mapped_column(String(16))
    attempts: Mapped[int] = mapped_column(server_default=text("0"))
    next_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
    delivered_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("endpoint_id", "seq"),
        Index("ix_delivery_state_next_at", "state", "next_at"),
        Index("ix_delivery_endpoint_state_event", "endpoint_id", "state", "event_id"),
    )


class Attempt(Base):
    """One try of a delivery, as it went."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    delivery_id: Mapped[int] = mapped_column(
        ForeignKey("delivery.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime]
    status: Mapped[int | None]
    error: Mapped[str | None]
    milliseconds: Mapped[int]
    response: Mapped[str | None]  # the first bytes of the answer


class EventSearch(Base):
    """What is searched of an event (see :mod:`storage.full_text`); indexed as ``event_words``."""

    __tablename__ = "event_search"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    document: Mapped[str]


class ArticleSearch(Base):
    """What is searched of an article; indexed as ``article_words``."""

    __tablename__ = "article_search"

    article_id: Mapped[int] = mapped_column(
        ForeignKey("article.id", ondelete="CASCADE"), primary_key=True
    )
    document: Mapped[str]


class Reminder(Base):
    """A reminder of a deadline that was sent (or was due before we knew of it)."""

    __tablename__ = "reminder"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("event.id", ondelete="CASCADE"), primary_key=True
    )
    due_from: Mapped[date] = mapped_column(primary_key=True)
    days: Mapped[int] = mapped_column(primary_key=True)
