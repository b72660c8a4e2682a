-- Every article that was fetched, in its current revision.
CREATE VIEW articles AS
SELECT
    a.article_id,
    s.story_id,
    a.revision,
    coalesce(a.canonical, a.url) AS url,
    a.outlet,
    a.title,
    a.byline,
    a.lang,
    a.published_at,
    a.fetched_at,
    a.relevance,
    r.text,
    a.kind,
    a.state,
    a.published_source,
    a.relevance_reason,
    a.id AS row_id
FROM article AS a
INNER JOIN revision AS r ON r.article_id = a.id AND r.number = a.revision
LEFT JOIN story AS s ON s.id = a.story_id
