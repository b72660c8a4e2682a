"""Feeds of every format, each beside what it must give (``tests/data/feeds``)."""

import json
import pickle
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from monitor.feeds import ParsedFeed, parse_feed

DATA = Path(__file__).parents[1] / "data" / "feeds"
SAMPLES = sorted(path for path in DATA.iterdir() if path.suffix != ".json")


def expectation(sample: Path) -> dict[str, Any]:
    expected = json.loads(sample.with_suffix(".json").read_text(encoding="utf-8"))
    assert isinstance(expected, dict)
    return expected


def parse_sample(sample: Path) -> ParsedFeed:
    told = expectation(sample)
    return parse_feed(sample.read_bytes(), url=told["url"], headers=told.get("headers", {}))


def plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def mentioned(found: object, expected: dict[str, Any]) -> dict[str, Any]:
    """What *found* has under the names that *expected* mentions."""
    return {name: plain(getattr(found, name)) for name in expected}


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_feed_gives_what_stands_beside_it(sample: Path) -> None:
    expected = expectation(sample)["feed"]
    entries = expected.pop("entries")
    feed = parse_sample(sample)
    assert mentioned(feed, expected) == expected
    assert len(feed.entries) == len(entries)
    for found, entry in zip(feed.entries, entries, strict=True):
        assert mentioned(found, entry) == entry


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_feed_comes_back_from_a_worker_process(sample: Path) -> None:
    feed = parse_sample(sample)
    assert pickle.loads(pickle.dumps(feed)) == feed
