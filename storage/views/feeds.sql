-- Every feed and how its polling goes.
CREATE VIEW feeds AS
SELECT
    f.id AS feed_id,
    f.url AS feed_url,
    f.title,
    f.state,
    f.last_polled_at,
    f.next_poll_at,
    f.last_new_at,
    f.last_error,
    f.outlet,
    f.folder,
    f.lang,
    f.failures,
    f.polls
FROM feed AS f
