"""The document of the API says what the API does."""

import re
from pathlib import Path

from tests.web.conftest import Site

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"


def test_every_path_and_parameter_is_documented(site: Site) -> None:
    text = re.sub("```.*?```", "", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`([^`\n]+)`", text))
    ids = {"event_id", "endpoint_id"}
    for path, operations in site.get("/openapi.json").json()["paths"].items():
        if path.endswith((".jsonl", ".csv")):
            continue  # described all at once
        shown = re.sub(r"\{(?:event|endpoint)_id\}", "ID", path)
        for method, operation in operations.items():
            written = shown if method == "get" else f"{method.upper()} {shown}"
            assert written in named, written
            for parameter in operation.get("parameters", []):
                assert parameter["name"] in named | ids, (path, parameter["name"])


def test_every_export_is_of_a_list_that_is_documented(site: Site) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    exports = {path.rpartition(".")[0] for path in paths if path.endswith((".jsonl", ".csv"))}
    assert exports == {path for path in exports if path in paths}
    assert len(exports) == 7


def test_the_fields_of_a_body_are_documented(site: Site) -> None:
    text = DOCUMENT.read_text(encoding="utf-8")
    schemas = site.get("/openapi.json").json()["components"]["schemas"]
    for name in ("NewWebhook", "WebhookUpdate", "NewSecret", "Replay"):
        for field in schemas[name]["properties"]:
            assert f"`{field}`" in text, (name, field)


def test_the_filters_of_every_listing_are_those_documented(site: Site) -> None:
    paths = site.get("/openapi.json").json()["paths"]
    rows = re.findall(r"^\| `(/api/v1/\w+)` \|(.*)\|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    assert len(rows) == 10
    for path, columns in rows:
        documented = re.findall(r"`(\w+)`", columns.rpartition("|")[2])
        described = [
            parameter["name"]
            for parameter in paths[path]["get"].get("parameters", [])
            if parameter["name"] not in {"limit", "cursor", "order", "after", "wait"}
        ]
        assert documented == described, path
