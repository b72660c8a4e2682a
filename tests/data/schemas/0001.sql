INSERT INTO feed (id, url, added_at, interval, next_poll_at)
VALUES (1, 'https://p.example/rss', '2018-03-28T15:00:00.000000Z', 900, '2018-03-28T15:15:00.000000Z');

INSERT INTO story (id, story_id, lang, title, first_published_at)
VALUES (1, 's_1', 'en', 'Talks', '2018-03-28T15:00:00.000000Z');

INSERT INTO article (
    id, article_id, url_key, url, host, state, kind, outlet, title, lang, published_at,
    discovered_at, revision, extracted_revision, story_id
)
VALUES (
    1, 'a_1', 'k', 'https://p.example/1', 'p.example', 'done', 'article', 'Paper', 'Talks', 'en',
    '2018-03-28T15:00:00.000000Z', '2018-03-28T15:00:00.000000Z', 1, 1, 1
);

INSERT INTO revision (article_id, number, fetched_at, text, content_hash)
VALUES (
    1, 1, '2018-03-28T15:00:00.000000Z', '“We will not yield,” Verheul said in Québec.', 'x'
);

INSERT INTO entry (id, feed_id, key, content_hash, seen_at, article_id)
VALUES (1, 1, 'e', 'x', '2018-03-28T15:00:00.000000Z', 1);

INSERT INTO event (
    id, event_id, type, lang, first_seen_at, last_seen_at, first_published_at, last_published_at,
    sightings, outlets, stories, first_article_id, issues
)
VALUES (
    1, 'q_1', 'quote', 'en', '2018-03-28T15:00:00.000000Z', '2018-03-28T15:00:00.000000Z',
    '2018-03-28T15:00:00.000000Z', '2018-03-28T15:00:00.000000Z', 1, 1, 1, 1, '["dairy"]'
);

INSERT INTO quote (event_id, text, kind, speaker_name, party, context)
VALUES (
    1, 'We will not yield,', 'direct', 'Steve Verheul', 'CA',
    '“We will not yield,” Verheul said in Québec.'
);

INSERT INTO sighting (
    event_id, article_id, occurrence, part, revision, start_offset, end_offset, text, item, digest,
    seen_at
)
VALUES (1, 1, 0, 0, 1, 1, 19, 'We will not yield,', '{}', 5, '2018-03-28T15:00:00.000000Z');

INSERT INTO change (topic, event_id, event_type, at, snapshot)
VALUES (
    'quote.new', 'q_1', 'quote', '2018-03-28T15:00:00.000000Z',
    '{"id": "q_1", "type": "quote", "status": "active", "lang": "en", "issues": ["dairy"], "text": "We will not yield,", "truncated": false, "kind": "direct", "cue": null, "context": "“We will not yield,” Verheul said in Québec.", "speaker": {"name": "Steve Verheul", "mention": null, "actor": null, "role": null, "organisation": null, "party": "CA"}}'
);

INSERT INTO endpoint (id, endpoint_id, url, secret, filters, added_at, cursor)
VALUES (1, 'w_1', 'https://h.example', 's', '{}', '2018-03-28T15:00:00.000000Z', 1);

INSERT INTO delivery (id, endpoint_id, seq, event_id, topic, state, created_at)
VALUES (1, 1, 1, 'q_1', 'quote.new', 'pending', '2018-03-28T15:00:00.000000Z');
