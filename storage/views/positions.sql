-- For each issue and party the latest stance that is not neutral, and the one before it.
-- Which issues and parties there are is found by steps from each to the next in the index.
-- Each step looks up one row by the index over issue, party and time, however many there are.
-- Materialized, so that a server looks each row up by its key once, and does not join whole tables.
CREATE VIEW positions AS
WITH RECURSIVE known AS (
    SELECT min(m.issue) AS issue
    FROM issue_mention AS m
    UNION ALL
    SELECT (SELECT min(m.issue) FROM issue_mention AS m WHERE m.issue > k.issue)
    FROM known AS k
    WHERE k.issue IS NOT NULL
),
place AS (
    SELECT
        k.issue,
        (SELECT min(m.party) FROM issue_mention AS m WHERE m.issue = k.issue) AS party
    FROM known AS k
    WHERE k.issue IS NOT NULL
    UNION ALL
    SELECT
        p.issue,
        (
            SELECT min(m.party)
            FROM issue_mention AS m
            WHERE m.issue = p.issue AND m.party > p.party
        )
    FROM place AS p
    WHERE p.party IS NOT NULL
),
latest AS MATERIALIZED (
    SELECT
        p.issue,
        p.party,
        (
            SELECT m.event_id
            FROM issue_mention AS m
            INNER JOIN event AS e ON e.id = m.event_id
            WHERE
                m.issue = p.issue AND m.party = p.party
                AND m.stance <> 'neutral' AND e.status <> 'withdrawn'
            ORDER BY m.told_at DESC, m.event_id DESC
            LIMIT 1
        ) AS id
    FROM place AS p
    WHERE p.party IS NOT NULL
),
standing AS MATERIALIZED (
    SELECT
        l.issue,
        l.party,
        n.stance,
        (
            SELECT m.event_id
            FROM issue_mention AS m
            INNER JOIN event AS e ON e.id = m.event_id
            WHERE
                m.issue = l.issue AND m.party = l.party AND m.stance <> n.stance
                AND m.stance <> 'neutral' AND e.status <> 'withdrawn'
            ORDER BY m.told_at DESC, m.event_id DESC
            LIMIT 1
        ) AS id_before,
        (
            SELECT min(m.told_at)
            FROM issue_mention AS m
            WHERE m.issue = l.issue AND m.party = l.party
        ) AS first_told_at
    FROM latest AS l
    INNER JOIN issue_mention AS n ON n.event_id = l.id
),
begun AS MATERIALIZED (
    SELECT
        s.issue,
        s.party,
        s.stance,
        b.stance AS stance_before,
        (
            SELECT m.event_id
            FROM issue_mention AS m
            INNER JOIN event AS e ON e.id = m.event_id
            WHERE
                m.issue = s.issue AND m.party = s.party AND m.stance = s.stance
                AND e.status <> 'withdrawn'
                AND m.told_at >= coalesce(b.told_at, s.first_told_at)
                AND (
                    b.event_id IS NULL
                    OR m.told_at > b.told_at
                    OR (m.told_at = b.told_at AND m.event_id > b.event_id)
                )
            ORDER BY m.told_at, m.event_id
            LIMIT 1
        ) AS id
    FROM standing AS s
    LEFT JOIN issue_mention AS b ON b.event_id = s.id_before
)
SELECT
    g.issue,
    g.party,
    g.stance,
    m.told_at AS since,
    g.stance_before AS previous_stance,
    e.event_id,
    m.text,
    coalesce(a.canonical, a.url) AS url
FROM begun AS g
INNER JOIN issue_mention AS m ON m.event_id = g.id
INNER JOIN event AS e ON e.id = g.id
INNER JOIN article AS a ON a.id = e.first_article_id
