-- Every statement, with its words, speaker and first sighting.
CREATE VIEW quotes AS
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
    q.text,
    q.kind,
    q.speaker_name,
    q.speaker_mention,
    q.actor,
    q.role,
    q.organisation,
    q.party,
    q.cue,
    q.context,
    e.issues,
    e.confidence,
    -- The earliest of the statements with this gist, where each language has one of them only.
    (
        SELECT o.event_id
        FROM quote AS p
        INNER JOIN event AS o ON o.id = p.event_id
        WHERE
            -- Said first, so that most statements, which have none, cost nothing.
            q.gist IS NOT NULL
            AND p.gist = q.gist AND o.lang <> e.lang
            AND o.status = 'active' AND e.status = 'active'
            AND (
                o.first_published_at < e.first_published_at
                OR (o.first_published_at = e.first_published_at AND o.event_id < e.event_id)
            )
            AND length(p.text) <= 2 * length(q.text) AND length(q.text) <= 2 * length(p.text)
            AND NOT EXISTS (
                SELECT 1
                FROM quote AS p1
                INNER JOIN event AS o1 ON o1.id = p1.event_id
                INNER JOIN quote AS p2 ON p2.gist = p1.gist
                INNER JOIN event AS o2 ON o2.id = p2.event_id
                WHERE
                    p1.gist = q.gist AND o1.lang = o2.lang AND o1.id < o2.id
                    AND o1.status = 'active' AND o2.status = 'active'
            )
        ORDER BY o.first_published_at, o.event_id
        LIMIT 1
    ) AS translation_of,
    e.id AS row_id
FROM event AS e
INNER JOIN quote AS q ON q.event_id = e.id
INNER JOIN article AS a ON a.id = e.first_article_id
WHERE e.type = 'quote'
