"""axe-core finds nothing serious on any page, by day and by night, wide and narrow."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.axe_setup import axe
from tests.web.browsing import Reader, chromium
from tests.web.conftest import Site

pytestmark = pytest.mark.browser

PATHS = (
    *("/", "/?party=US", "/?search=nothing+at+all", "/quotes", "/deadlines?order=due"),
    *("/issues?issue=dairy", "/positions", "/articles", "/none", "/?ui=fr", "/?ui=es"),
)
_RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {resultTypes: ["violations"]}).then((found) => done(found.violations.map(
  (one) => [one.impact, one.id, one.help, one.nodes.slice(0, 3).map((node) => node.html)]
)), (error) => done([["critical", "axe", String(error), []]]));
"""


@pytest.fixture(scope="module")
def script() -> str:
    found = axe()
    if found is None:
        pytest.skip("axe-core was not fetched (python -m tests.browser_setup, with npm)")
    return found


@pytest.fixture(scope="module")
def reader(site: Site, script: str) -> Iterator[Reader]:  # skips without it
    with chromium() as driver:
        driver.set_script_timeout(30)
        yield Reader(driver, f"http://127.0.0.1:{site.port}")


@pytest.fixture(scope="module")
def paths(site: Site) -> list[str]:
    events = [f"/events/{site.ids[name]}" for name in ("quote", "deadline", "mention", "hostile")]
    return [*PATHS, *events, f"/articles/{site.ids['article']}"]


def findings(reader: Reader, script: str) -> list[Any]:
    # As the tool of whoever drives the browser: the page's own policy lets nothing in.
    reader.cdp("Runtime.evaluate", expression=script)
    found: list[Any] = reader.driver.execute_async_script(_RUN)
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing(
    reader: Reader, script: str, paths: list[str], scheme: str, width: int
) -> None:
    reader.size(width, 900)
    reader.scheme(scheme)
    found = {}
    for path in paths:
        reader.open(path)
        found[path] = findings(reader, script)
    assert {path: some for path, some in found.items() if some} == {}


def test_axe_finds_what_is_wrong(reader: Reader, script: str) -> None:
    reader.size(1280, 900)
    reader.scheme("light")
    reader.open("/quotes")
    reader.run("document.querySelector('main').innerHTML = '<img src=/static/icon.svg><input>'")
    ids = {one[1] for one in findings(reader, script)}
    assert {"image-alt", "label"} <= ids
