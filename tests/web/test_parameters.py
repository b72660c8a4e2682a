"""No parameter whatever gives more than it may, or a server error."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.web.conftest import Site
from tests.web.test_contract import LISTINGS

NASTY = [
    *(
        "'",
        '"',
        "*",
        "NEAR",
        ";",
        "' OR 1=1 --",
        "%",
        "_",
        "\\",
        "\x00",
        "\ud7ff",
        "\u202e",
        "é" * 250,
    ),
    *("-1", "0", "1e9", "999999999999999999999", "²", "NaN", "9999-12-31", "0000-00-00"),
    *("[", "]", "{{7*7}}", "\r\nX: y", ",", ",,,", '"', '""', " "),
]
NAMES = [
    *("search", "speaker", "actor", "party", "issue", "stance", "kind", "lang", "outlet", "status"),
    *("since", "until", "due_since", "due_until", "limit", "cursor", "order", "type", "story"),
    *("topic", "event", "after", "wait"),
]
PATHS = [
    *(f"/api/v1/{name}" for name in LISTINGS),
    *("/", "/quotes", "/deadlines", "/issues", "/articles", "/positions"),
    *("/calendar.ics", "/feeds/quotes.atom", "/feeds/deadlines.atom", "/feeds/all.json"),
]


@pytest.mark.parametrize("path", PATHS)
def test_no_value_of_any_parameter_is_a_server_error(site: Site, path: str) -> None:
    for name in NAMES:
        for value in NASTY:
            if (name, value) == ("wait", "1e9"):
                continue
            answer = site.get(path, params={name: value})
            assert answer.status_code in {200, 400}, (path, name, value, answer.text)
            if answer.status_code == 400:
                assert answer.headers["content-type"] == "application/problem+json"


@given(value=st.text(max_size=80), name=st.sampled_from(["search", "cursor", "issue", "since"]))
@settings(max_examples=150)
def test_any_text_is_an_answer_or_a_bad_request(site: Site, name: str, value: str) -> None:
    value = value.encode("utf-8", "replace").decode()
    assert site.get("/api/v1/events", params={name: value}).status_code in {200, 400}


_WORDS = (
    st.text(max_size=30)
    | st.sampled_from(NASTY)
    | st.sampled_from(
        ["en", "fr", "xx", "2018-03-31", "due", "CA,US", "dairy", "quote", "17", "tariff"]
    )
)


@given(
    path=st.sampled_from(["/", "/quotes", "/deadlines", "/issues", "/articles", "/positions"]),
    asked=st.lists(st.tuples(st.sampled_from([*NAMES, "ui", "alarm", "none"]), _WORDS), max_size=4),
    languages=st.text("aefrs;q=01.9,-* \xe9", max_size=20).map(str.strip)
    | st.sampled_from(["fr", "es;q=0.9, en;q=0.1", "*"]),
)
@settings(max_examples=300)
def test_no_query_of_a_page_is_a_server_error(
    site: Site, path: str, asked: list[tuple[str, str]], languages: str
) -> None:
    query = [(name, value.encode("utf-8", "replace").decode()) for name, value in asked]
    headers = {"Accept": "text/html", "Accept-Language": languages.encode("utf-8", "replace")}
    answer = site.client.get(path, params=query, headers=headers)
    assert answer.status_code in {200, 400}
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    site.client.cookies.clear()


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("limit=0", "limit"),
        ("limit=501", "limit"),
        ("limit=1000000000", "limit"),
        ("limit=ten", "limit"),
        ("cursor=abc", "cursor"),
        ("search=" + "x" * 501, "search"),
        ("serach=x", "serach"),
        ("stance=demands", "stance"),
        ("since=yesterday", "yesterday"),
        ("kind=shouted", "shouted"),
    ],
)
def test_a_bad_parameter_is_told_in_a_problem(site: Site, query: str, says: str) -> None:
    answer = site.get(f"/api/v1/quotes?{query}")
    assert answer.status_code == 400
    problem = answer.json()
    assert problem.keys() == {"type", "title", "status", "detail", "instance"}
    assert says in problem["detail"]
    assert problem["instance"] == "/api/v1/quotes"


def test_a_huge_query_string_is_refused(site: Site) -> None:
    answer = site.get("/api/v1/quotes?search=" + "x" * 50_000)
    assert answer.status_code == 400


def test_a_filter_given_twice_is_a_list(site: Site) -> None:
    both = site.get("/api/v1/issues?party=US&party=MX").json()["items"]
    assert {row["party"] for row in both} == {"US", "MX"}


def test_words_given_twice_must_all_occur(site: Site) -> None:
    assert len(site.get("/api/v1/quotes?search=quebec&search=offre").json()["items"]) == 1
    assert site.get("/api/v1/quotes?search=quebec&search=deal").json()["items"] == []


@pytest.mark.parametrize("name", ["limit", "since", "speaker", "cursor"])
def test_what_can_be_no_list_is_not_taken_twice(site: Site, name: str) -> None:
    assert site.get(f"/api/v1/quotes?{name}=1&{name}=2").status_code == 400


def test_empty_parameters_ask_for_nothing(site: Site) -> None:
    assert len(site.get("/api/v1/quotes?search=&party=&since=").json()["items"]) == 3


@pytest.mark.parametrize("name", LISTINGS)
def test_paging_walks_over_everything_once(site: Site, name: str) -> None:
    whole = site.get(f"/api/v1/{name}?limit=500").json()["items"]
    paged, cursor = [], ""
    while cursor is not None:
        page = site.get(f"/api/v1/{name}", params={"limit": "1", "cursor": cursor}).json()
        paged += page["items"]
        cursor = page["next"]
    assert paged == whole


@pytest.mark.parametrize("path", ["/none", "/api/v1/none", "/api/v1/quotes/", "/events/none"])
def test_unknown_addresses_are_problems(site: Site, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_browser_gets_its_problem_as_a_page(site: Site) -> None:
    answer = site.get("/events/none", headers={"Accept": "text/html,*/*"})
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    machine = site.get("/api/v1/events/none", headers={"Accept": "text/html"})
    assert machine.headers["content-type"] == "application/problem+json"


def test_a_wrong_method_is_a_problem(site: Site) -> None:
    answer = site.client.options("/api/v1/quotes")
    assert answer.status_code == 405
    assert answer.json()["status"] == 405
