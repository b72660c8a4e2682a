"""Every path of the HTTP contract answers, and as it promises."""

import json

import pytest

from tests.web.conftest import Site

LISTINGS = (
    *("events", "quotes", "deadlines", "issues", "positions", "articles", "stories", "feeds"),
    *("webhooks", "changes"),
)


@pytest.mark.parametrize("name", LISTINGS)
def test_listing_is_an_envelope_of_items_and_next(site: Site, name: str) -> None:
    answer = site.get(f"/api/v1/{name}")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["items"]
    assert body["next"] is None


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("/", "text/html"),
        ("/quotes", "text/html"),
        ("/deadlines?order=due", "text/html"),
        ("/issues", "text/html"),
        ("/articles", "text/html"),
        ("/positions", "text/html"),
        ("/static/style.css", "text/css"),
        ("/static/icon.svg", "image/svg+xml"),
        ("/openapi.json", "application/json"),
        ("/calendar.ics", "text/calendar"),
        ("/feeds/quotes.atom", "application/atom+xml"),
        ("/feeds/deadlines.atom", "application/atom+xml"),
        ("/feeds/all.json", "application/feed+json"),
        ("/metrics", "text/plain"),
        ("/healthz", "application/json"),
        ("/readyz", "application/json"),
    ],
)
def test_path_answers_with_its_media_type(site: Site, path: str, media_type: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith(media_type)


def test_event_has_its_data_and_evidence(site: Site) -> None:
    event = site.get(f"/api/v1/events/{site.ids['quote']}").json()
    assert event["type"] == "quote"
    assert event["issues"] == ["dairy"]
    assert [item["outlet"] for item in event["evidence"]] == ["The Other", "The Example"]
    assert event["evidence"][0]["passage"]["evidence"] == "We will not sign a bad deal,"


def test_times_are_utc_with_z_and_dates_plain(site: Site) -> None:
    row = site.get("/api/v1/deadlines?order=due").json()["items"][0]
    assert row["first_seen_at"] == "2018-03-20T12:00:00Z"
    assert row["due_from"] == "2018-05-01"


def test_answers_hold_the_fields_that_openapi_says(site: Site) -> None:
    described = site.get("/openapi.json").json()["paths"]
    for name in LISTINGS:
        schema = described[f"/api/v1/{name}"]["get"]["responses"]["200"]["content"][
            "application/json"
        ]["schema"]
        fields = schema.get("properties", {}).get("items", {}).get("items", {}).get("properties")
        for row in site.get(f"/api/v1/{name}").json()["items"]:
            assert fields is None or row.keys() == fields.keys()


def test_webhooks_show_no_secret(site: Site) -> None:
    text = site.get("/api/v1/webhooks").text
    assert json.loads(text)["items"][0]["url"] == "https://hooks.example/…"
    for secret in ("whsec", "user", "pass", "hidden", "/in"):
        assert secret not in text


def test_metrics_are_those_of_the_registry(site: Site) -> None:
    assert "nafta_monitor_polls_total 1.0" in site.get("/metrics").text
