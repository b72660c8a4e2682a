-- The evidence: every span of every event in every article that carries it.
CREATE VIEW sightings AS
SELECT
    e.event_id,
    e.type AS event_type,
    a.article_id,
    s.revision,
    s.start_offset,
    s.end_offset,
    s.text,
    a.outlet,
    coalesce(a.canonical, a.url) AS url,
    s.seen_at,
    s.occurrence,
    s.part
FROM sighting AS s
INNER JOIN event AS e ON e.id = s.event_id
INNER JOIN article AS a ON a.id = s.article_id
