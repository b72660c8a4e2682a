"""What headers say about when to ask again, and addresses that are one page."""

import math
from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.fetching.hints import freshness, parse_retry_after
from monitor.fetching.urls import url_key

NOW = datetime(2018, 3, 28, 12, tzinfo=UTC)
TEN_YEARS = 10 * 365 * 86400.0


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 5 ", 5.0),
        ("0", 0.0),
        ("Wed, 28 Mar 2018 12:05:00 GMT", 300.0),
        ("Wed, 28 Mar 2018 08:05:00 -0400", 300.0),
        ("Wednesday, 28-Mar-18 12:05:00 GMT", 300.0),
        ("Wed, 28 Mar 2018 11:00:00 GMT", None),
        ("99999999999999999999999", TEN_YEARS),
        ("Sun, 31 Dec 9999 23:59:59 GMT", TEN_YEARS),
        ("-5", None),
        ("1.5", None),
        ("٣", None),
        ("banana", None),
        ("", None),
        ("Wed, 99 Mar 2018 12:05:00 GMT", None),
        ("Wed, 28 Mar 99999 12:05:00 GMT", None),
        ("Wed, 28 Mar 2018 12:05:00 +9999", None),
    ],
)
def test_retry_after_is_seconds_or_a_date_to_come(value: str, seconds: float | None) -> None:
    assert parse_retry_after({"retry-after": value}, NOW) == seconds


def test_without_the_header_there_is_no_wish() -> None:
    assert parse_retry_after({}, NOW) is None
    assert freshness({}, NOW) is None


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"cache-control": "public, max-age=600"}, 600.0),
        ({"cache-control": 'MAX-AGE="60"'}, 60.0),
        ({"cache-control": "s-maxage=900"}, None),
        ({"cache-control": "no-cache", "expires": "Wed, 28 Mar 2018 13:00:00 GMT"}, None),
        ({"cache-control": "max-age=5", "expires": "Wed, 28 Mar 2018 13:00:00 GMT"}, 5.0),
        ({"expires": "Wed, 28 Mar 2018 13:00:00 GMT"}, 3600.0),
        ({"expires": "0"}, None),
        ({"expires": "-1"}, None),
        ({"expires": "Thu, 01 Jan 1970 00:00:00 GMT"}, None),
        ({"cache-control": "max-age=banana"}, None),
    ],
)
def test_freshness_is_max_age_else_expires(
    headers: Mapping[str, str], seconds: float | None
) -> None:
    assert freshness(headers, NOW) == seconds


@pytest.mark.parametrize("hint", [parse_retry_after, freshness])
@given(
    value=st.one_of(
        st.text(max_size=40),
        st.from_regex(r"[A-Z][a-z]{2}, \d{1,3} [A-Z][a-z]{2} \d{1,6} [\d:]{0,9} [+-]?\w{0,5}"),
        st.lists(st.sampled_from("Wed , 28 Mar 2018 12 : 0 - + 99 GMT".split()), max_size=12).map(
            " ".join
        ),
    )
)
def test_no_header_is_too_odd(hint: object, value: str) -> None:
    headers = {"retry-after": value, "expires": value, "cache-control": value}
    for given_headers in (headers, {"expires": value}):
        seconds = hint(given_headers, NOW)  # type: ignore[operator]
        assert seconds is None or (math.isfinite(seconds) and seconds >= 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://news.example/a", "https://news.example/a"),
        ("https://www.news.example/a", "https://news.example/a"),
        ("https://NEWS.example/a", "https://news.example/a"),
        ("https://news.example/a/", "https://news.example/a"),
        ("https://news.example/a#part", "https://news.example/a"),
        ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
        ("https://news.example/a?id=7&utm_campaign=x", "https://news.example/a?id=7"),
        ("https://news.example/a?fbclid=abc", "https://news.example/a"),
        (" https://news.example/a\n", "https://news.example/a"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:443/a", "https://news.example/a"),
        ("http://news.example:80/a", "https://news.example/a"),
    ],
)
def test_two_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert url_key(one) == url_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/a?id=7", "https://news.example/a?id=8"),
        ("https://news.example/a", "https://other.example/a"),
        ("https://news.example/A", "https://news.example/a"),
        ("https://news.example/a?page=2", "https://news.example/a"),
        ("https://news.example:8080/a", "https://news.example/a"),
        ("https://fr.news.example/a", "https://news.example/a"),
    ],
)
def test_two_pages_have_two_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


@given(st.one_of(st.text(max_size=60), st.text(max_size=60).map("https://news.example/{}".format)))
def test_every_text_has_a_key(url: str) -> None:
    assert isinstance(url_key(url), str)


@given(st.text(st.characters(min_codepoint=33, max_codepoint=0x24F), max_size=40))
def test_a_key_is_the_same_every_time(path: str) -> None:
    assert url_key(f"http://news.example/{path}") == url_key(f"https://www.news.example/{path}")
