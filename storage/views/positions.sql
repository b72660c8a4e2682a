-- For each issue and party the latest stance that is not neutral, and the one before it; what is
-- only guessed (a confidence below 0.5) moves none.
-- Which issues and parties there are is found by steps from each to the next in the index.
-- Each step looks up one row by the index over issue, party and time, however many there are.
-- Materialized, and looked up in subqueries instead of joins, so that a server reads each row by its
-- key once: it cannot know how few there are, and would join whole tables.
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
                AND m.stance <> 'neutral' AND e.status <> 'withdrawn' AND e.confidence >= 0.5
            ORDER BY m.told_at DESC, m.event_id DESC
            LIMIT 1
        ) AS id
    FROM place AS p
    WHERE p.party IS NOT NULL
),
held AS MATERIALIZED (
    SELECT
        l.issue,
        l.party,
        (SELECT m.stance FROM issue_mention AS m WHERE m.event_id = l.id) AS stance
    FROM latest AS l
    WHERE l.id IS NOT NULL
),
standing AS MATERIALIZED (
    SELECT
        h.issue,
        h.party,
        h.stance,
        (
            SELECT m.event_id
            FROM issue_mention AS m
            INNER JOIN event AS e ON e.id = m.event_id
            WHERE
                m.issue = h.issue AND m.party = h.party AND m.stance <> h.stance
                AND m.stance <> 'neutral' AND e.status <> 'withdrawn' AND e.confidence >= 0.5
            ORDER BY m.told_at DESC, m.event_id DESC
            LIMIT 1
        ) AS id_before,
        (
            SELECT min(m.told_at)
            FROM issue_mention AS m
            WHERE m.issue = h.issue AND m.party = h.party
        ) AS first_told_at
    FROM held AS h
),
changed AS MATERIALIZED (
    SELECT
        s.issue,
        s.party,
        s.stance,
        s.id_before,
        s.first_told_at,
        (SELECT m.stance FROM issue_mention AS m WHERE m.event_id = s.id_before) AS stance_before,
        (SELECT m.told_at FROM issue_mention AS m WHERE m.event_id = s.id_before) AS told_before
    FROM standing AS s
),
begun AS MATERIALIZED (
    SELECT
        c.issue,
        c.party,
        c.stance,
        c.stance_before,
        (
            SELECT m.event_id
            FROM issue_mention AS m
            INNER JOIN event AS e ON e.id = m.event_id
            WHERE
                m.issue = c.issue AND m.party = c.party AND m.stance = c.stance
                AND e.status <> 'withdrawn' AND e.confidence >= 0.5
                AND m.told_at >= coalesce(c.told_before, c.first_told_at)
                AND (
                    c.id_before IS NULL
                    OR m.told_at > c.told_before
                    OR (m.told_at = c.told_before AND m.event_id > c.id_before)
                )
            ORDER BY m.told_at, m.event_id
            LIMIT 1
        ) AS id
    FROM changed AS c
)
SELECT
    b.issue,
    b.party,
    b.stance,
    (SELECT m.told_at FROM issue_mention AS m WHERE m.event_id = b.id) AS since,
    b.stance_before AS previous_stance,
    (SELECT e.event_id FROM event AS e WHERE e.id = b.id) AS event_id,
    (SELECT m.text FROM issue_mention AS m WHERE m.event_id = b.id) AS text,
    (
        SELECT coalesce(a.canonical, a.url)
        FROM event AS e
        INNER JOIN article AS a ON a.id = e.first_article_id
        WHERE e.id = b.id
    ) AS url
FROM begun AS b
