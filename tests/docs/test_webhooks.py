"""What receivers read about messages is what they get."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from standardwebhooks import WebhookVerificationError

from config.settings import load_settings
from extractors.types import DeadlineKind, Stance
from monitor.cli.webhooks import webhooks_command
from monitor.delivery.message import Message, message_of
from monitor.delivery.signing import new_secret, signature_header
from monitor.subscribing import TOPICS
from storage.endpoints import OPT_IN, Subscription
from storage.engine import Database
from storage.models import Change
from tests import making
from tests.docs.documents import bare, blocks, document, section, table_rows

TEXT = document("webhooks.md")
READERS = blocks(section(TEXT, "## Verify"), "python")
BODIES = [json.loads(block) for block in blocks(section(TEXT, "## Bodies"), "json")]
SECRETS = (new_secret(), new_secret())


def _message() -> Message:
    snapshot = '{"id":"q_0123456789abcdef","text":"«Oui», a-t-elle dit"}'
    return message_of("quote.new", datetime.now(UTC), 7, "q_0123456789abcdef", snapshot)


def _headers(message: Message, secrets: tuple[str, ...], age: int = 0) -> dict[str, str]:
    stamp = int(datetime.now(UTC).timestamp()) - age
    return {
        "webhook-id": message.id,
        "webhook-timestamp": str(stamp),
        "webhook-signature": signature_header(secrets, message.id, stamp, message.body),
    }


def _reader(number: int) -> Any:
    names: dict[str, Any] = {}
    exec(READERS[number], names)
    return names["read_message"]


@pytest.mark.parametrize("number", [0, 1], ids=["package", "by hand"])
class TestReaders:
    def test_signed_message_is_read(self, number: int) -> None:
        message = _message()
        read = _reader(number)(SECRETS[0], _headers(message, SECRETS[:1]), message.body)
        assert read == json.loads(message.body)

    def test_either_secret_reads_it_while_it_rotates(self, number: int) -> None:
        message = _message()
        for secret in SECRETS:
            assert _reader(number)(secret, _headers(message, SECRETS), message.body)

    def test_altered_body_is_refused(self, number: int) -> None:
        message = _message()
        altered = message.body.replace(b"Oui", b"Non")
        with pytest.raises((WebhookVerificationError, ValueError)):
            _reader(number)(SECRETS[0], _headers(message, SECRETS[:1]), altered)

    def test_old_message_is_refused(self, number: int) -> None:
        message = _message()
        with pytest.raises((WebhookVerificationError, ValueError)):
            _reader(number)(SECRETS[0], _headers(message, SECRETS[:1], age=400), message.body)


async def _post(app: Any, message: Message, headers: dict[str, str]) -> int:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.example") as client:
        return (await client.post("/hook", content=message.body, headers=headers)).status_code


def test_receiver_takes_a_signed_message_and_no_other(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import asyncio

    monkeypatch.setitem(os.environ, "WEBHOOK_SECRET", SECRETS[0])
    names: dict[str, Any] = {"__name__": "receiver"}
    exec(blocks(section(TEXT, "## Receive in five lines"), "python")[0], names)
    message = _message()
    right, wrong = _headers(message, SECRETS[:1]), _headers(message, SECRETS[1:])
    assert asyncio.run(_post(names["app"], message, right)) == 200
    assert capsys.readouterr().out == "quote.new 7\n"
    assert asyncio.run(_post(names["app"], message, wrong)) == 500


def test_every_topic_is_documented() -> None:
    rows = {bare(row[0]): row[1] for row in table_rows(section(TEXT, "## Topics"))}
    assert list(rows) == TOPICS
    assert {topic for topic, meaning in rows.items() if "Opt-in" in meaning} == set(OPT_IN)


def test_star_takes_no_opt_in_topic_in() -> None:
    assert not any(Subscription().wants(topic, {}) for topic in OPT_IN)
    assert Subscription(("sighting.*",)).wants("sighting.new", {})


def test_every_command_is_documented() -> None:
    told = section(TEXT, "## All commands")
    commands = getattr(webhooks_command, "commands")  # noqa: B009 — click's own
    assert all(f"`{name}`" in told or f"webhooks {name}`" in told for name in commands)


def test_every_filter_is_documented() -> None:
    told = " ".join(row[0] for row in table_rows(section(TEXT, "## Choose what you get")))
    add = getattr(webhooks_command, "commands")["add"]  # noqa: B009 — click's own
    filters = {
        option.opts[0] for option in add.params if option.name in set(Subscription.__slots__)
    }
    assert len(filters) == len(Subscription.__slots__)
    assert all(f"`{name} " in told for name in filters)


def test_retry_schedule_is_as_told() -> None:
    schedule = load_settings(environ={}).webhooks.retry_schedule
    assert [seconds / 3600 for seconds in schedule[4:]] == [2, 5, 10, 14, 20, 24]
    assert schedule[:4] == (5, 60, 300, 1800)
    assert len(schedule) + 1 == 11


def _shape(value: Any) -> Any:
    """The keys of *value*, all the way down; of lists, those of the first item."""
    if isinstance(value, dict):
        return {key: _shape(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_shape(item) for item in value[:1]]
    return None


def _sent(database: Database) -> dict[str, Any]:
    with database.read() as connection:
        rows = connection.execute(select(*Change.__table__.c).order_by(Change.seq)).all()
    messages = [message_of(r.topic, r.at, r.seq, r.event_id, r.snapshot) for r in rows]
    return {body["type"]: body for body in (json.loads(message.body) for message in messages)}


def _tell_everything(database: Database) -> None:
    from dataclasses import replace

    said = "“We will not trade away our farmers for a deadline,” Fortier said."
    words = "We will not trade away our farmers for a deadline"
    quote = replace(making.quote(said, words, speaker="Lena Fortier"), issues=("dairy",))
    making.print_and_record(
        database, "https://paper.example/dairy", said, making.extraction(quotes=[quote])
    )
    for number, day in enumerate(("May 1", "May 17")):
        text = f"Washington wants an agreement in principle by {day}."
        found = making.deadline(
            text,
            day,
            date(2018, 5, 1 + 16 * number),
            what="an agreement in principle",
            kind=DeadlineKind.TARGET,
        )
        making.print_and_record(
            database,
            f"https://wire.example/principle-{number}",
            text,
            making.extraction(deadlines=[found]),
            published=making.NOW + timedelta(days=number),
        )
    text = "Mexico opposes a sunset clause."
    against = making.mention(
        text, "sunset clause", "sunset-review", party="MX", stance=Stance.OPPOSES
    )
    making.print_and_record(
        database, "https://diario.example/sunset", text, making.extraction(issues=[against])
    )


@pytest.mark.parametrize("example", BODIES, ids=[body["type"] for body in BODIES])
def test_example_body_has_the_keys_of_a_true_one(
    example: dict[str, Any], sqlite_database: Database
) -> None:
    _tell_everything(sqlite_database)
    true = _sent(sqlite_database)[example["type"]]
    assert _shape(example) == _shape(true)


@pytest.mark.parametrize("example", BODIES, ids=[body["type"] for body in BODIES])
def test_example_evidence_is_as_long_as_its_offsets_say(example: dict[str, Any]) -> None:
    spans = [span for item in example["data"]["evidence"] for span in item["spans"]]
    assert spans
    assert all(span["end"] - span["start"] == len(span["text"]) for span in spans)


def test_examples_hold_a_quote_a_deadline_and_an_issue() -> None:
    kinds = [body["data"]["type"] for body in BODIES]
    assert kinds == ["quote", "deadline", "issue_mention"]
