-- Clusters of articles that are copies or light rewrites of one text.
-- Counted story by story, so that a page of the newest counts no others.
CREATE VIEW stories AS
SELECT
    s.story_id,
    s.title,
    s.lang,
    s.first_published_at,
    (SELECT count(*) FROM article AS a WHERE a.story_id = s.id) AS articles,
    (SELECT count(DISTINCT a.outlet) FROM article AS a WHERE a.story_id = s.id) AS outlets
FROM story AS s
WHERE EXISTS (SELECT 1 FROM article AS a WHERE a.story_id = s.id)
