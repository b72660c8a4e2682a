"""The API keeps to its own OpenAPI document, whatever it is asked (schemathesis)."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from prometheus_client import CollectorRegistry
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)
from sqlalchemy import select

from monitor.delivery import DeliveryPolicy
from monitor.web import WebServices, create_app
from monitor.writing import AsyncWriter
from storage.engine import Database, open_database
from storage.migrate import upgrade
from storage.models import Endpoint
from tests.web.filling import NOW, fill

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
]
TOKEN = "correct-horse"
# Requests that break a rule take longer to make up.
_EXAMPLES = {GenerationMode.POSITIVE: 20, GenerationMode.NEGATIVE: 7}
NOBODY = "http://127.0.0.1:9/hook"  # where nothing listens


@dataclass
class Fuzzed:
    """The application, and what its store holds: a path's parameter → a value."""

    app: FastAPI
    known: dict[str, str]


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fuzzed]:
    """The application over a filled store; test messages go nowhere."""
    database: Database = open_database(f"sqlite:///{tmp_path_factory.mktemp('fuzzed')}/store.db")
    upgrade(database)
    ids = fill(database)
    with database.read() as connection:
        endpoint = connection.scalar(select(Endpoint.endpoint_id))
    writer = AsyncWriter(database)
    services = WebServices(
        database=database,
        writer=writer,
        token=TOKEN,
        allowed_hosts=("testserver",),
        host="127.0.0.1",
        port=8787,
        version="0.0.test",
        now=lambda: NOW,
        registry=CollectorRegistry(),
        delivery=DeliveryPolicy(retry_schedule=(1.0,), timeout=2.0, allow_private=("127.0.0.1:9",)),
    )
    yield Fuzzed(create_app(services), {"event_id": ids["quote"], "endpoint_id": endpoint})
    writer.close()
    database.close()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_no_answer_is_outside_the_document(fuzzed: Fuzzed, mode: GenerationMode) -> None:
    """A bounded number of requests of each operation, the same at each run.

    Some have what the store holds in their path, so that there is an answer to look at.
    """
    document = schemathesis.openapi.from_asgi("/openapi.json", fuzzed.app)
    statuses: dict[str, Counter[int]] = {}
    for found in document.get_all_operations():
        operation = found.ok()
        if mode is GenerationMode.POSITIVE or any(operation.iter_parameters()) or operation.body:
            statuses[operation.label] = _fuzz(operation, mode, fuzzed.known)
    if mode is GenerationMode.POSITIVE:
        for label, seen in statuses.items():
            assert label.startswith("DELETE") or min(seen) < 300, (label, seen)


def _fuzz(operation: Any, mode: GenerationMode, known: dict[str, str]) -> Counter[int]:
    seen: Counter[int] = Counter()

    @given(case=operation.as_strategy(generation_mode=mode), aimed=st.booleans())
    @settings(
        max_examples=_EXAMPLES[mode],
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
    )
    def ask(case: Any, aimed: bool) -> None:
        query = case.query or {}
        # An empty parameter asks for nothing, whatever its type.
        assume(mode is GenerationMode.POSITIVE or "" not in query.values())
        if str(query.get("wait", 0)).isdecimal():
            query.pop("wait", None)  # a minute is long
        if mode is GenerationMode.POSITIVE and aimed:
            _aim(case, known)
        answer = case.call(headers={"Authorization": f"Bearer {TOKEN}"})
        seen[answer.status_code] += 1
        case.validate_response(answer, checks=CHECKS)

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE  # nothing to be wrong with
    return seen


def _aim(case: Any, known: dict[str, str]) -> None:
    """Have the request name what the store holds."""
    path, body = case.path_parameters or {}, case.body
    if case.method != "DELETE":  # what is gone cannot be asked again
        path.update({name: known[name] for name in path})
    if isinstance(body, dict):
        for name in ("topics", "types", "certainties", "secret"):
            body.pop(name, None)
        if case.operation.path.endswith("/webhooks") or "url" in body:
            body["url"] = NOBODY
        if case.operation.path.endswith("/replay"):
            body["dead"] = True
