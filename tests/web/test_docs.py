"""The document of the API says what the API does."""

import re
from pathlib import Path

from tests.web.conftest import Site

DOCUMENT = Path(__file__).parents[2] / "docs" / "api.md"


def test_every_path_and_parameter_is_documented(site: Site) -> None:
    text = re.sub("```.*?```", "", DOCUMENT.read_text(encoding="utf-8"), flags=re.DOTALL)
    named = set(re.findall(r"`([^`\n]+)`", text))
    for path, operations in site.get("/openapi.json").json()["paths"].items():
        assert path.replace("{event_id}", "ID") in named, path
        for parameter in operations["get"].get("parameters", []):
            assert parameter["name"] in named | {"event_id"}, (path, parameter["name"])


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
