-- Every entry as its feed gave it, newest revision.
CREATE VIEW entries AS
SELECT
    f.url AS feed_url,
    n.entry_id,
    n.link,
    n.title,
    n.summary,
    n.published_at,
    n.updated_at,
    a.article_id,
    n.revision,
    n.seen_at
FROM entry AS n
INNER JOIN feed AS f ON f.id = n.feed_id
LEFT JOIN article AS a ON a.id = n.article_id
