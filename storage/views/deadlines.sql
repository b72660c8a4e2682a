-- Every date by which something is due, with its latest date and its moves.
CREATE VIEW deadlines AS
SELECT
    e.event_id,
    e.status,
    e.first_seen_at,
    e.last_seen_at,
    e.sightings,
    e.outlets,
    e.stories,
    e.lang,
    a.article_id,
    coalesce(a.canonical, a.url) AS url,
    a.title,
    a.outlet,
    a.published_at,
    e.first_published_at,
    d.what,
    d.kind,
    d.due_from,
    d.due_to,
    d.due_precision,
    d.due_text,
    d.certainty,
    d.set_by,
    d.set_by_party,
    d.consequence,
    d.clock,
    d.moves,
    d.previous_due_from,
    e.issues,
    d.context,
    d.history,
    d.milestone,
    d.set_by_actor,
    e.confidence,
    e.id AS row_id
FROM event AS e
INNER JOIN deadline AS d ON d.event_id = e.id
INNER JOIN article AS a ON a.id = e.first_article_id
WHERE e.type = 'deadline'
