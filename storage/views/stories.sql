-- Clusters of articles that are copies or light rewrites of one text.
CREATE VIEW stories AS
SELECT
    s.story_id,
    s.title,
    s.lang,
    s.first_published_at,
    count(a.id) AS articles,
    count(DISTINCT a.outlet) AS outlets
FROM story AS s
INNER JOIN article AS a ON a.story_id = s.id
GROUP BY s.id, s.story_id, s.title, s.lang, s.first_published_at
