-- The outbox: follow seq and miss nothing.
CREATE VIEW changes AS
SELECT
    c.seq,
    c.topic,
    c.event_id,
    c.event_type,
    c.at,
    c.snapshot
FROM change AS c
