"""The first schema: feeds, entries, articles, events, sightings, the outbox and deliveries."""

import sqlalchemy as sa
from alembic import op

import storage.columns

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "change",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=True),
        sa.Column("event_type", sa.String(length=16), nullable=True),
        sa.Column("at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("snapshot", storage.columns.SafeText(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_change")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_change_event_id"), "change", ["event_id"], unique=False)
    op.create_table(
        "sighting_key",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("digest", sa.BigInteger(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hash", "digest", name=op.f("pk_sighting_key")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "endpoint",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("endpoint_id", sa.String(length=40), nullable=False),
        sa.Column("url", storage.columns.SafeText(), nullable=False),
        sa.Column("secret", storage.columns.SafeText(), nullable=False),
        sa.Column("old_secret", storage.columns.SafeText(), nullable=True),
        sa.Column("old_secret_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("filters", storage.columns.SafeText(), nullable=False),
        sa.Column("state", sa.String(length=16), server_default="active", nullable=False),
        sa.Column("reason", storage.columns.SafeText(), nullable=True),
        sa.Column("added_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("cursor", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("failing_since", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("paused_until", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_ok_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_error", storage.columns.SafeText(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_endpoint")),
        sa.UniqueConstraint("endpoint_id", name=op.f("uq_endpoint_endpoint_id")),
    )
    op.create_table(
        "feed",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("url", storage.columns.SafeText(), nullable=False),
        sa.Column("title", storage.columns.SafeText(), nullable=True),
        sa.Column("outlet", storage.columns.SafeText(), nullable=True),
        sa.Column("lang", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("folder", storage.columns.SafeText(), nullable=True),
        sa.Column("state", sa.String(length=16), server_default="active", nullable=False),
        sa.Column("added_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("fixed_interval", sa.Integer(), nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("next_poll_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("etag", storage.columns.SafeText(), nullable=True),
        sa.Column("last_modified", storage.columns.SafeText(), nullable=True),
        sa.Column("body_hash", sa.String(length=64), nullable=True),
        sa.Column("moved_to", storage.columns.SafeText(), nullable=True),
        sa.Column("moved_seen", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_polled_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_ok_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_new_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", storage.columns.SafeText(), nullable=True),
        sa.Column("failures", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("polls", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed")),
        sa.UniqueConstraint("url", name=op.f("uq_feed_url")),
    )
    op.create_index(op.f("ix_feed_next_poll_at"), "feed", ["next_poll_at"], unique=False)
    op.create_table(
        "meta",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("value", storage.columns.SafeText(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("story_id", sa.String(length=40), nullable=False),
        sa.Column("lang", sa.String(length=16), nullable=False),
        sa.Column("title", storage.columns.SafeText(), nullable=True),
        sa.Column("first_published_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_story")),
        sa.UniqueConstraint("story_id", name=op.f("uq_story_story_id")),
    )
    op.create_index(
        "ix_story_first_published_at_story_id",
        "story",
        ["first_published_at", "story_id"],
        unique=False,
    )
    op.create_table(
        "article",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.String(length=40), nullable=False),
        sa.Column("url_key", sa.String(length=64), nullable=False),
        sa.Column("url", storage.columns.SafeText(), nullable=False),
        sa.Column("host", sa.String(length=255), nullable=False),
        sa.Column("canonical", storage.columns.SafeText(), nullable=True),
        sa.Column("canonical_key", sa.String(length=64), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("next_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("last_error", storage.columns.SafeText(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("outlet", storage.columns.SafeText(), nullable=True),
        sa.Column("title", storage.columns.SafeText(), nullable=True),
        sa.Column("byline", storage.columns.SafeText(), nullable=True),
        sa.Column("lang", sa.String(length=16), nullable=True),
        sa.Column("zone", sa.String(length=64), nullable=True),
        sa.Column("published_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("published_source", sa.String(length=16), nullable=True),
        sa.Column("published_precision", sa.String(length=16), nullable=True),
        sa.Column("discovered_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("etag", storage.columns.SafeText(), nullable=True),
        sa.Column("last_modified", storage.columns.SafeText(), nullable=True),
        sa.Column("revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("extracted_revision", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("extractor", sa.String(length=64), nullable=True),
        sa.Column("relevance", sa.Double(), nullable=True),
        sa.Column("relevance_reason", storage.columns.SafeText(), nullable=True),
        sa.Column("story_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("shingles", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(["story_id"], ["story.id"], name=op.f("fk_article_story_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article")),
        sa.UniqueConstraint("article_id", name=op.f("uq_article_article_id")),
        sa.UniqueConstraint("url_key", name=op.f("uq_article_url_key")),
    )
    op.create_index(op.f("ix_article_canonical_key"), "article", ["canonical_key"], unique=False)
    op.create_index(op.f("ix_article_published_at"), "article", ["published_at"], unique=False)
    op.create_index("ix_article_state_next_at", "article", ["state", "next_at"], unique=False)
    op.create_index(
        "ix_article_newest",
        "article",
        [sa.text("coalesce(published_at, fetched_at)"), "article_id"],
        unique=False,
    )
    op.create_index(op.f("ix_article_story_id"), "article", ["story_id"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "endpoint_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=True),
        sa.Column("topic", sa.String(length=32), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("next_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("created_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("delivered_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["endpoint_id"],
            ["endpoint.id"],
            name=op.f("fk_delivery_endpoint_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["seq"], ["change.seq"], name=op.f("fk_delivery_seq")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("endpoint_id", "seq", name=op.f("uq_delivery_endpoint_id_seq")),
    )
    op.create_index(
        "ix_delivery_endpoint_state_event",
        "delivery",
        ["endpoint_id", "state", "event_id"],
        unique=False,
    )
    op.create_index(op.f("ix_delivery_seq"), "delivery", ["seq"], unique=False)
    op.create_index("ix_delivery_state_next_at", "delivery", ["state", "next_at"], unique=False)
    op.create_table(
        "attempt",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "delivery_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("error", storage.columns.SafeText(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("response", storage.columns.SafeText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["delivery.id"],
            name=op.f("fk_attempt_delivery_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempt")),
    )
    op.create_index(op.f("ix_attempt_delivery_id"), "attempt", ["delivery_id"], unique=False)
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("feed_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("entry_id", storage.columns.SafeText(), nullable=True),
        sa.Column("link", storage.columns.SafeText(), nullable=True),
        sa.Column("title", storage.columns.SafeText(), nullable=True),
        sa.Column("summary", storage.columns.SafeText(), nullable=True),
        sa.Column("content", storage.columns.SafeText(), nullable=True),
        sa.Column("author", storage.columns.SafeText(), nullable=True),
        sa.Column("published_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("updated_at", storage.columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("revision", sa.Integer(), server_default=sa.text("1"), nullable=False),
        sa.Column("seen_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_entry_article_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feed.id"], name=op.f("fk_entry_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.UniqueConstraint("feed_id", "key", name=op.f("uq_entry_feed_id_key")),
    )
    op.create_index(op.f("ix_entry_article_id"), "entry", ["article_id"], unique=False)
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_id", sa.String(length=40), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), server_default="active", nullable=False),
        sa.Column("lang", sa.String(length=16), nullable=False),
        sa.Column("first_seen_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("first_published_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("last_published_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("sightings", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("outlets", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("stories", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column(
            "first_article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("issues", storage.columns.SafeText(), server_default="[]", nullable=False),
        sa.Column("confidence", sa.Double(), server_default=sa.text("1.0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["first_article_id"], ["article.id"], name=op.f("fk_event_first_article_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
        sa.UniqueConstraint("event_id", name=op.f("uq_event_event_id")),
    )
    op.create_index("ix_event_last_seen_at", "event", ["last_seen_at"], unique=False)
    op.create_index(
        "ix_event_type_first_published_at_event_id",
        "event",
        ["type", "first_published_at", "event_id"],
        unique=False,
    )
    op.create_index("ix_event_type_first_seen_at", "event", ["type", "first_seen_at"], unique=False)
    op.create_table(
        "revision",
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("fetched_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("title", storage.columns.SafeText(), nullable=True),
        sa.Column("text", storage.columns.SafeText(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_revision_article_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name=op.f("pk_revision")),
    )
    op.create_table(
        "story_shingle",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["article.id"],
            name=op.f("fk_story_shingle_article_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("hash", "article_id", name=op.f("pk_story_shingle")),
        sqlite_with_rowid=False,
    )
    op.create_index(
        op.f("ix_story_shingle_article_id"), "story_shingle", ["article_id"], unique=False
    )
    op.create_table(
        "story_pair",
        sa.Column("one", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("other", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("share", sa.Double(), nullable=False),
        sa.ForeignKeyConstraint(
            ["one"], ["article.id"], name=op.f("fk_story_pair_one"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other"], ["article.id"], name=op.f("fk_story_pair_other"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("one", "other", name=op.f("pk_story_pair")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_story_pair_other"), "story_pair", ["other"], unique=False)
    op.create_table(
        "deadline",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("what", storage.columns.SafeText(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=True),
        sa.Column("due_to", sa.Date(), nullable=True),
        sa.Column("due_precision", sa.String(length=16), nullable=True),
        sa.Column("due_text", storage.columns.SafeText(), nullable=False),
        sa.Column("certainty", sa.String(length=16), nullable=False),
        sa.Column("set_by", storage.columns.SafeText(), nullable=True),
        sa.Column("set_by_actor", sa.String(length=128), nullable=True),
        sa.Column("set_by_party", sa.String(length=16), nullable=True),
        sa.Column("consequence", storage.columns.SafeText(), nullable=True),
        sa.Column("clock", storage.columns.SafeText(), nullable=True),
        sa.Column("milestone", sa.String(length=128), nullable=True),
        sa.Column("context", storage.columns.SafeText(), nullable=False),
        sa.Column("moves", sa.Integer(), server_default=sa.text("0"), nullable=False),
        sa.Column("previous_due_from", sa.Date(), nullable=True),
        sa.Column("history", storage.columns.SafeText(), server_default="[]", nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_deadline_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_deadline")),
    )
    op.create_index(op.f("ix_deadline_due_from"), "deadline", ["due_from"], unique=False)
    op.create_index(op.f("ix_deadline_due_to"), "deadline", ["due_to"], unique=False)
    op.create_index(op.f("ix_deadline_milestone"), "deadline", ["milestone"], unique=False)
    op.create_index(op.f("ix_deadline_set_by_party"), "deadline", ["set_by_party"], unique=False)
    op.create_table(
        "issue_mention",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("issue", sa.String(length=128), nullable=False),
        sa.Column("issue_name", storage.columns.SafeText(), nullable=False),
        sa.Column("party", sa.String(length=16), nullable=True),
        sa.Column("actor", sa.String(length=128), nullable=True),
        sa.Column("stance", sa.String(length=16), nullable=False),
        sa.Column("text", storage.columns.SafeText(), nullable=False),
        sa.Column("told_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_issue_mention_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_issue_mention")),
    )
    op.create_index(
        "ix_issue_mention_issue_party_told_at",
        "issue_mention",
        ["issue", "party", "told_at"],
        unique=False,
    )
    op.create_table(
        "quote",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("text", storage.columns.SafeText(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("speaker_name", storage.columns.SafeText(), nullable=True),
        sa.Column("speaker_mention", storage.columns.SafeText(), nullable=True),
        sa.Column("actor", sa.String(length=128), nullable=True),
        sa.Column("role", storage.columns.SafeText(), nullable=True),
        sa.Column("organisation", storage.columns.SafeText(), nullable=True),
        sa.Column("party", sa.String(length=16), nullable=True),
        sa.Column("cue", storage.columns.SafeText(), nullable=True),
        sa.Column("context", storage.columns.SafeText(), nullable=False),
        sa.Column("gist", storage.columns.SafeText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_quote_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_quote")),
    )
    op.create_index(op.f("ix_quote_actor"), "quote", ["actor"], unique=False)
    op.create_index(op.f("ix_quote_gist"), "quote", ["gist"], unique=False)
    op.create_index(op.f("ix_quote_party"), "quote", ["party"], unique=False)
    op.create_index(op.f("ix_quote_speaker_name"), "quote", ["speaker_name"], unique=False)
    op.create_table(
        "reminder",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("due_from", sa.Date(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_reminder_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "due_from", "days", name=op.f("pk_reminder")),
    )
    op.create_table(
        "sighting",
        sa.Column("event_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column(
            "article_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("occurrence", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start_offset", sa.Integer(), nullable=False),
        sa.Column("end_offset", sa.Integer(), nullable=False),
        sa.Column("text", storage.columns.SafeText(), nullable=False),
        sa.Column("item", storage.columns.SafeText(), nullable=True),
        sa.Column("digest", sa.BigInteger(), nullable=True),
        sa.Column("seen_at", storage.columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["article.id"], name=op.f("fk_sighting_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["event.id"], name=op.f("fk_sighting_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint(
            "event_id", "article_id", "occurrence", "part", name=op.f("pk_sighting")
        ),
    )
    op.create_index(op.f("ix_sighting_article_id"), "sighting", ["article_id"], unique=False)
    op.create_index(op.f("ix_sighting_digest"), "sighting", ["digest"], unique=False)
    for kind in ("event", "article"):
        op.create_table(
            f"{kind}_search",
            sa.Column(
                f"{kind}_id",
                sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
                nullable=False,
            ),
            sa.Column("document", storage.columns.SafeText(), nullable=False),
            sa.ForeignKeyConstraint(
                [f"{kind}_id"],
                [f"{kind}.id"],
                name=op.f(f"fk_{kind}_search_{kind}_id"),
                ondelete="CASCADE",
            ),
            sa.PrimaryKeyConstraint(f"{kind}_id", name=op.f(f"pk_{kind}_search")),
        )
        _index_words(kind)


def _index_words(kind: str) -> None:
    """The index that is searched: ``event_words`` and ``article_words``.

    Whoever makes a documents' table anew must make its index and triggers anew as well.
    """
    statements = _ON_SQLITE if op.get_bind().dialect.name == "sqlite" else _ON_POSTGRESQL
    for statement in statements.split("\n\n"):
        op.execute(statement.replace("KIND", kind))


# The documents hold nothing but words and single spaces, so the simplest reader does.
_ON_SQLITE = """
CREATE VIRTUAL TABLE KIND_words USING fts5(
    document, content='KIND_search', content_rowid='KIND_id',
    tokenize="ascii tokenchars '|_'", columnsize=0
)

CREATE TRIGGER KIND_search_insert AFTER INSERT ON KIND_search BEGIN
INSERT INTO KIND_words (rowid, document) VALUES (new.KIND_id, new.document);
END

CREATE TRIGGER KIND_search_delete AFTER DELETE ON KIND_search BEGIN
INSERT INTO KIND_words (KIND_words, rowid, document)
VALUES ('delete', old.KIND_id, old.document);
END

CREATE TRIGGER KIND_search_update AFTER UPDATE ON KIND_search BEGIN
INSERT INTO KIND_words (KIND_words, rowid, document)
VALUES ('delete', old.KIND_id, old.document);
INSERT INTO KIND_words (rowid, document) VALUES (new.KIND_id, new.document);
END
"""
# A function of high cost, so that the server asks the index and makes no vectors to look at each;
# restricted, as to start workers takes longer than to ask.
# The pending list is short, as every search reads all of it.
_ON_POSTGRESQL = """
CREATE OR REPLACE FUNCTION words_of_document(document text) RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL RESTRICTED COST 10000
AS $$ BEGIN RETURN array_to_tsvector(string_to_array(btrim(document), ' ')); END $$

CREATE INDEX KIND_search_words ON KIND_search
USING gin (words_of_document(document)) WITH (gin_pending_list_limit = 256)

CREATE VIEW KIND_words AS
SELECT KIND_id AS rowid, document, words_of_document(document) AS words
FROM KIND_search
"""


def downgrade() -> None:
    for kind in ("event", "article"):
        if op.get_bind().dialect.name == "sqlite":
            op.drop_table(f"{kind}_words")
        else:
            op.execute(f"DROP VIEW {kind}_words")
        op.drop_table(f"{kind}_search")
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION words_of_document")
    op.drop_table("sighting")
    op.drop_table("reminder")
    op.drop_table("quote")
    op.drop_table("issue_mention")
    op.drop_table("deadline")
    op.drop_table("story_pair")
    op.drop_table("story_shingle")
    op.drop_table("revision")
    op.drop_table("event")
    op.drop_table("entry")
    op.drop_table("attempt")
    op.drop_table("delivery")
    op.drop_table("article")
    op.drop_table("story")
    op.drop_table("sighting_key")
    op.drop_table("meta")
    op.drop_table("feed")
    op.drop_table("endpoint")
    op.drop_table("change")
