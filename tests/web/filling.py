"""A small store, filled by hand through the models: what the web room has to show."""

import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import Connection, insert

from storage.engine import Database
from storage.full_text_index import index_everything
from storage.models import (
    Article,
    Change,
    Deadline,
    Endpoint,
    Event,
    Feed,
    IssueMention,
    Quote,
    Revision,
    Sighting,
    Story,
)

NOW = datetime(2018, 3, 20, 12, tzinfo=UTC)


def published(number: int) -> datetime:
    """When the event of this number was published first."""
    return NOW - timedelta(days=1) + timedelta(seconds=number)


@dataclass
class Filling:
    """Puts rows into a store, one call a thing; ids count up."""

    connection: Connection
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def story(self, lang: str = "en", title: str = "A story") -> int:
        number = next(self.numbers)
        self._insert(
            Story, id=number, story_id=f"st{number}", lang=lang, title=title, first_published_at=NOW
        )
        return number

    def article(self, text: str, **values: Any) -> int:
        number = next(self.numbers)
        row = {
            "id": number,
            "article_id": f"ar{number}",
            "url_key": f"key{number}",
            "url": f"https://news.example/{number}",
            "host": "news.example",
            "state": "done",
            "kind": "article",
            "outlet": "The Example",
            "title": f"Article {number}",
            "lang": "en",
            "published_at": NOW - timedelta(hours=number),
            "discovered_at": NOW,
            "fetched_at": NOW,
            "revision": 1,
        }
        self._insert(Article, **(row | values))
        self._insert(
            Revision, article_id=number, number=1, fetched_at=NOW, text=text, content_hash="0" * 64
        )
        return number

    def quote(self, article: int, body: str, text: str, **values: Any) -> str:
        number = self._event("quote", article, body, text, values)
        row = {"text": text, "kind": "direct", "context": text}
        self._insert(Quote, event_id=number, **(row | values))
        return f"ev{number}"

    def deadline(self, article: int, body: str, text: str, **values: Any) -> str:
        number = self._event("deadline", article, body, text, values)
        row = {
            "what": text,
            "kind": "deadline",
            "due_text": text,
            "certainty": "fixed",
            "context": text,
        }
        self._insert(Deadline, event_id=number, **(row | values))
        return f"ev{number}"

    def mention(self, article: int, body: str, text: str, **values: Any) -> str:
        number = self._event("issue_mention", article, body, text, values)
        row: dict[str, Any] = {"issue": "dairy", "issue_name": "Dairy"}
        row |= {"stance": "demands", "text": text}
        row["told_at"] = published(number)
        self._insert(IssueMention, event_id=number, **(row | values))
        return f"ev{number}"

    def sighting(self, event: str, article: int, body: str, text: str, occurrence: int = 0) -> None:
        start = body.index(text)
        self._insert(
            Sighting,
            event_id=int(event[2:]),
            article_id=article,
            occurrence=occurrence,
            part=0,
            revision=1,
            start_offset=start,
            end_offset=start + len(text),
            text=text,
            seen_at=NOW,
        )

    def change(self, topic: str, event: str) -> None:
        self._insert(
            Change,
            topic=topic,
            event_id=event,
            event_type=topic.split(".", maxsplit=1)[0],
            at=NOW,
            snapshot=json.dumps({"event_id": event}),
        )

    def feed(self, **values: Any) -> None:
        number = next(self.numbers)
        row = {
            "id": number,
            "url": f"https://feeds.example/{number}",
            "title": f"Feed {number}",
            "added_at": NOW,
            "interval": 900,
            "next_poll_at": NOW,
        }
        self._insert(Feed, **(row | values))

    def endpoint(self, **values: Any) -> None:
        number = next(self.numbers)
        row = {
            "id": number,
            "endpoint_id": f"ep{number}",
            "url": "https://user:pass@hooks.example/in?key=hidden",
            "secret": "whsec_c2VjcmV0",
            "filters": json.dumps({"topics": ["deadline.*"]}),
            "added_at": NOW,
        }
        self._insert(Endpoint, **(row | values))

    def _event(self, type_: str, article: int, body: str, text: str, values: dict[str, Any]) -> int:
        number = next(self.numbers)
        shared = {
            name: values.pop(name)
            for name in ("status", "lang", "issues", "first_seen_at", "outlets", "sightings")
            if name in values
        }
        row = {
            "id": number,
            "event_id": f"ev{number}",
            "type": type_,
            "lang": "en",
            "first_seen_at": NOW,
            "last_seen_at": NOW,
            "first_published_at": published(number),
            "last_published_at": NOW,
            "sightings": 1,
            "outlets": 1,
            "stories": 1,
            "first_article_id": article,
        }
        self._insert(Event, **(row | shared))
        self.sighting(f"ev{number}", article, body, text)
        return number

    def _insert(self, model: Any, **values: Any) -> None:
        self.connection.execute(insert(model).values(**values))


ENGLISH = (
    "Talks resumed on Monday.\n\n“We will not sign a bad deal,” Chrystia Freeland told reporters "
    "in Ottawa. The United States demands access to dairy.\n\nThe exemption ends on May 1, 2018."
)
FRENCH = "« Le Québec défendra l’offre », a dit la négociatrice à Montréal."
HOSTILE = '<script>alert(1)</script> "><img src=x onerror=alert(2)> {{ 7*7 }}'


def fill(database: Database) -> dict[str, str]:
    """Fill the store with a bit of everything; gives the ids of some events."""
    with database.write() as connection:
        press = Filling(connection)
        story = press.story()
        english = press.article(ENGLISH, story_id=story, title="Talks resume")
        copy = press.article(ENGLISH, story_id=story, outlet="The Other")
        french = press.article(FRENCH, lang="fr", outlet="Le Québécois", title="L’offre")
        hostile = press.article(
            f"{HOSTILE} by June 2018.",
            title=HOSTILE,
            outlet=HOSTILE,
            byline=HOSTILE,
            url="javascript:alert(3)",
        )
        words = "We will not sign a bad deal,"
        quote = press.quote(
            *(english, ENGLISH, words),
            speaker_name="Chrystia Freeland",
            role="minister",
            party="CA",
            actor="freeland",
            issues='["dairy"]',
            sightings=2,
            outlets=2,
        )
        press.sighting(quote, copy, ENGLISH, words)
        press.quote(
            *(french, FRENCH, "Le Québec défendra l’offre"),
            lang="fr",
            speaker_name="Éloïse Gagné",
        )
        hostile_quote = press.quote(
            *(hostile, HOSTILE, HOSTILE), speaker_name=HOSTILE, role=HOSTILE, context=HOSTILE
        )
        deadline = press.deadline(
            *(english, ENGLISH, "The exemption ends on May 1, 2018."),
            what="exemption; ends, for good",
            due_from=date(2018, 5, 1),
            due_to=date(2018, 5, 2),
            due_precision="day",
            set_by_party="US",
            moves=1,
            previous_due_from=date(2018, 3, 23),
            history=json.dumps(
                [{"due": {"from": "2018-03-23", "to": "2018-03-24"}, "at": "2018-03-08T00:00:00Z"}]
            ),
        )
        press.deadline(
            *(hostile, f"{HOSTILE} by June 2018.", "by June 2018"),
            what=HOSTILE,
            consequence=HOSTILE,
            due_from=date(2018, 6, 1),
            due_to=date(2018, 7, 1),
            due_precision="month",
            certainty="expected",
        )
        mention = press.mention(
            *(english, ENGLISH, "The United States demands access to dairy."), party="US"
        )
        press.mention(
            *(hostile, HOSTILE, HOSTILE),
            issue="autos",
            issue_name=HOSTILE,
            party="MX",
            stance="opposes",
        )
        for topic, event in (
            *(("quote.new", quote), ("deadline.new", deadline), ("deadline.moved", deadline)),
            ("issue.new", mention),
        ):
            press.change(topic, event)
        press.feed(title="Good feed", last_polled_at=NOW)
        press.feed(title=HOSTILE, url="javascript:alert(4)", state="failing", last_error=HOSTILE)
        press.endpoint()
        index_everything(connection)
    return {
        "quote": quote,
        "hostile": hostile_quote,
        "deadline": deadline,
        "mention": mention,
        "article": f"ar{english}",
        "hostile_article": f"ar{hostile}",
    }
