-- Every position that a story gives a party on an issue.
CREATE VIEW issue_mentions AS
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
    m.issue,
    m.issue_name,
    m.party,
    m.actor,
    m.stance,
    m.text,
    e.confidence,
    e.id AS row_id
FROM event AS e
INNER JOIN issue_mention AS m ON m.event_id = e.id
INNER JOIN article AS a ON a.id = e.first_article_id
WHERE e.type = 'issue_mention'
