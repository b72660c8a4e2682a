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
    e.confidence
FROM event AS e
INNER JOIN quote AS q ON q.event_id = e.id
INNER JOIN article AS a ON a.id = e.first_article_id
WHERE e.type = 'quote'
