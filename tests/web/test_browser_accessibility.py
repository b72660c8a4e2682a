"""Everybody can read the page: by ear, by keys, with weak eyes, on paper."""

import base64
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from storage.engine import Database
from tests.web.accessibility import FINDINGS
from tests.web.browsing import Reader, chromium
from tests.web.conftest import Site
from tests.web.filling import NOW, fill

pytestmark = pytest.mark.browser

PATHS = ("/", "/quotes", "/deadlines?order=due", "/issues", "/positions", "/articles", "/none")


@pytest.fixture(scope="module")
def reader(site: Site) -> Iterator[Reader]:
    with chromium() as driver:
        yield Reader(driver, f"http://127.0.0.1:{site.port}")


@pytest.fixture(scope="module")
def paths(site: Site) -> list[str]:
    events = [f"/events/{site.ids[name]}" for name in ("quote", "deadline", "mention")]
    return [*PATHS, *events, f"/articles/{site.ids['article']}"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 360])
def test_no_page_has_a_barrier(reader: Reader, paths: list[str], scheme: str, width: int) -> None:
    reader.size(width, 900)
    reader.scheme(scheme)
    found = {path: reader.open(path).run(FINDINGS) for path in paths}
    assert {path: findings for path, findings in found.items() if findings} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_past_is_dimmed_but_can_be_read(
    reader: Reader, serving: Callable[..., Any], sqlite_database: Database, scheme: str
) -> None:
    fill(sqlite_database)
    with serving(sqlite_database, now=lambda: NOW + timedelta(days=60)) as client:
        later = Reader(reader.driver, str(client.base_url).rstrip("/"))
        later.size(1280, 900)
        later.scheme(scheme)
        later.open()
        assert later.all("li.past .track")
        assert later.run(FINDINGS) == []
        later.driver.get("about:blank")


def test_the_check_finds_barriers(reader: Reader) -> None:
    reader.scheme("light")
    reader.open("/quotes")
    reader.run(
        "const main = document.querySelector('main');"
        'main.innerHTML = \'<h1>One</h1><h3 id=content>Deep</h3><img src="/static/icon.svg">'
        '<input name=x><a href="/"></a><p class=none>pale</p><table><tr><th>x</th></tr></table>'
        "<ul><p>no item</p></ul>';"
        "document.querySelector('p.none').attributeStyleMap.set('color', '#cccccc');"
        "document.documentElement.lang = ''"
    )
    found = "\n".join(reader.run(FINDINGS))
    for words in ("no language", "level 3 after one of level 1", "no alt", "nothing names it",
                  "contrast of", "without scope", "no item", "twice"):  # fmt: skip
        assert words in found, found


def test_the_list_of_keys_has_no_barrier(reader: Reader) -> None:
    reader.size(1280, 900)
    reader.scheme("light")
    reader.open()
    reader.press("?")
    assert reader.run(FINDINGS) == []
    assert reader.run("return document.querySelector('#keys').contains(document.activeElement)")


def test_text_twice_as_large_still_fits(reader: Reader, paths: list[str]) -> None:
    reader.size(640, 900)  # as a window of 1280 at 200 %
    for path in paths:
        reader.open(path)
        assert reader.run("return document.documentElement.scrollWidth") <= 640, path


def test_who_wants_no_motion_gets_none(reader: Reader) -> None:
    reader.cdp(
        "Emulation.setEmulatedMedia",
        features=[{"name": "prefers-reduced-motion", "value": "reduce"}],
    )
    reader.open()
    reader.run("document.querySelector('li').classList.add('fresh')")
    assert reader.one("li.fresh").value_of_css_property("animation-name") == "none"
    reader.scheme("light")


# --- paper ---


def test_on_paper_stands_what_is_read_and_not_what_is_clicked(reader: Reader, site: Site) -> None:
    reader.scheme("dark")
    reader.cdp("Emulation.setEmulatedMedia", media="print")
    try:
        reader.open()
        for selector in ("nav", "form.filters", ".skip", ".all", ".legend"):
            assert not any(element.is_displayed() for element in reader.all(selector)), selector
        assert reader.one("li.deadline").is_displayed()
        assert reader.one("li.quote").is_displayed()
        assert reader.run("return getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        reader.open(f"/events/{site.ids['quote']}")
        address = "return getComputedStyle(document.querySelector('a.original'), '::after').content"
        assert "attr(href)" in reader.run(address) or "https://news.example/" in reader.run(address)
        assert reader.one("mark").value_of_css_property("outline-style") == "solid"
    finally:
        reader.cdp("Emulation.setEmulatedMedia", media="")


def test_the_page_prints(reader: Reader) -> None:
    reader.open()
    printed = base64.b64decode(reader.cdp("Page.printToPDF")["data"])
    assert printed.startswith(b"%PDF-")
