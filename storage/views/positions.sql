-- For each issue and party the latest stance that is not neutral, and the one before it.
CREATE VIEW positions AS
WITH stated AS (
    SELECT
        m.issue,
        m.party,
        m.stance,
        e.id,
        e.first_published_at AS at,
        lag(m.stance) OVER (
            PARTITION BY m.issue, m.party ORDER BY e.first_published_at, e.id
        ) AS stance_before
    FROM issue_mention AS m
    INNER JOIN event AS e ON e.id = m.event_id
    WHERE m.party IS NOT NULL AND m.stance <> 'neutral' AND e.status <> 'withdrawn'
),
turns AS (
    SELECT
        s.*,
        row_number() OVER (PARTITION BY s.issue, s.party ORDER BY s.at DESC, s.id DESC) AS newest
    FROM stated AS s
    WHERE s.stance_before IS NULL OR s.stance_before <> s.stance
)
SELECT
    t.issue,
    t.party,
    t.stance,
    t.at AS since,
    t.stance_before AS previous_stance,
    e.event_id,
    m.text,
    coalesce(a.canonical, a.url) AS url
FROM turns AS t
INNER JOIN event AS e ON e.id = t.id
INNER JOIN issue_mention AS m ON m.event_id = t.id
INNER JOIN article AS a ON a.id = e.first_article_id
WHERE t.newest = 1
