"""The page in a real Chromium: what a person does with it, by mouse, by keys, by night."""

from collections.abc import Iterator

import pytest
from selenium.webdriver.support.ui import Select

from tests.web.browsing import Keys, Reader, chromium
from tests.web.conftest import Site
from tests.web.filling import HOSTILE

pytestmark = pytest.mark.browser

PATHS = ("/", "/quotes", "/deadlines?order=due", "/issues", "/positions", "/articles")


@pytest.fixture(scope="module")
def one_reader(site: Site) -> Iterator[Reader]:
    with chromium() as driver:
        yield Reader(driver, f"http://127.0.0.1:{site.port}")


@pytest.fixture
def reader(one_reader: Reader) -> Iterator[Reader]:
    one_reader.size(1280, 900)
    one_reader.scheme("light")
    one_reader.complaints()
    yield one_reader
    assert one_reader.complaints() == []


def test_the_page_opens_and_shows_what_moved(reader: Reader) -> None:
    reader.open()
    assert reader.driver.title == "nafta-monitor"
    assert "in 42 days" in reader.one("li.deadline").text
    assert "We will not sign a bad deal" in reader.one("section.quotes").text


def test_a_filter_is_set_and_lives_in_the_address(reader: Reader) -> None:
    reader.open()
    Select(reader.one("select[name=party]")).select_by_visible_text("CA")
    reader.one("form.filters button").click()
    reader.until(lambda _: "party=CA" in reader.path)
    assert len(reader.all("li.quote")) == 1
    reader.driver.refresh()
    assert len(reader.all("li.quote")) == 1
    assert reader.run("return document.querySelector('select[name=party]').value") == "CA"
    reader.driver.back()
    assert len(reader.all("li.quote")) == 3


def test_a_search_finds_words_whatever_their_accents(reader: Reader) -> None:
    reader.open()
    reader.one("#search").send_keys("defendra", Keys.ENTER)
    reader.until(lambda _: "search=defendra" in reader.path)
    (quote,) = reader.all("li.quote")
    assert "défendra" in quote.text


def test_an_item_opens_its_evidence_with_the_passage_highlighted(
    reader: Reader, site: Site
) -> None:
    reader.open()
    reader.one(f"li.quote a[href='/events/{site.ids['quote']}']").click()
    reader.until(lambda _: reader.path == f"/events/{site.ids['quote']}")
    marks = reader.all("blockquote.passage mark")
    assert [mark.text for mark in marks] == ["We will not sign a bad deal,"] * 2
    plain = reader.one("blockquote.passage").value_of_css_property("background-color")
    assert marks[0].value_of_css_property("background-color") != plain
    reader.one("a[href^='/articles/']").click()
    reader.until(lambda _: reader.path.startswith("/articles/"))
    assert reader.one("article a.mark.quote").text == "We will not sign a bad deal,"


# --- night, and small screens ---


def test_by_night_the_page_is_dark(reader: Reader) -> None:
    def brightness(of: str) -> float:
        colour = reader.run(f"return getComputedStyle(document.body).{of}")
        return sum(map(int, colour[4:-1].split(",")))

    reader.open()
    assert brightness("backgroundColor") > 600 > brightness("color")
    reader.scheme("dark")
    assert brightness("backgroundColor") < 150 < 500 < brightness("color")


@pytest.mark.parametrize("width", [320, 390, 768])
def test_a_narrow_screen_scrolls_only_downwards(reader: Reader, site: Site, width: int) -> None:
    reader.size(width, 700)
    events = [f"/events/{site.ids[name]}" for name in ("quote", "deadline", "hostile")]
    for path in (*PATHS, *events, f"/articles/{site.ids['hostile_article']}"):
        reader.open(path)
        wide = reader.run("return document.documentElement.scrollWidth")
        assert wide <= width, path


# --- keys ---


def test_the_first_tab_is_the_skip_link_and_it_skips(reader: Reader) -> None:
    reader.open()
    reader.press(Keys.TAB)
    assert reader.focused().get_attribute("class") == "skip"
    assert reader.run("return document.activeElement.getBoundingClientRect().left") >= 0
    reader.press(Keys.ENTER)
    reader.until(lambda _: reader.run("return document.activeElement.id") == "content")
    reader.press(Keys.TAB)
    assert reader.run("return document.querySelector('main').contains(document.activeElement)")


def test_tab_goes_down_the_page_and_every_stop_shows(reader: Reader) -> None:
    reader.open()
    places = []
    for _ in range(25):
        reader.press(Keys.TAB)
        places.append(
            reader.run(
                "const e = document.activeElement, s = getComputedStyle(e);"
                "return [[...document.querySelectorAll('*')].indexOf(e),"
                " s.outlineStyle !== 'none' || s.boxShadow !== 'none']"
            )
        )
    assert [place for place, _ in places] == sorted({place for place, _ in places})
    assert all(shows for _, shows in places)


def test_slash_goes_to_the_search(reader: Reader) -> None:
    for path in ("/", "/quotes"):
        reader.open(path)
        reader.press("/")
        assert reader.focused().get_attribute("name") == "search"
        assert reader.focused().get_attribute("value") == ""
        reader.press("/")
        assert reader.focused().get_attribute("value") == "/"


def test_j_and_k_move_among_the_items_and_enter_opens(reader: Reader) -> None:
    reader.open("/quotes")
    links = [link.get_attribute("href") for link in reader.all("li.quote blockquote a")]
    reader.press("j")
    assert reader.focused().get_attribute("href") == links[0]
    reader.press("j", "j", "k")
    assert reader.focused().get_attribute("href") == links[1]
    reader.press("k", "k", "k")
    assert reader.focused().get_attribute("href") == links[0]
    reader.press("j", "j", "j", "j")
    assert reader.focused().get_attribute("href") == links[-1]
    reader.press(Keys.ENTER)
    reader.until(lambda _: reader.driver.current_url == links[-1])


def test_question_mark_lists_the_keys_and_escape_closes_it(reader: Reader) -> None:
    reader.open()
    assert not reader.one("#keys").is_displayed()
    reader.press("?")
    assert reader.one("#keys").is_displayed()
    shown = [key.text for key in reader.all("#keys kbd")]
    assert {"j", "k", "/", "?"} <= set(shown)
    reader.press(Keys.ESCAPE)
    reader.until(lambda _: not reader.one("#keys").is_displayed())


def test_keys_with_modifiers_are_left_to_the_browser(reader: Reader) -> None:
    reader.open("/quotes")
    assert not reader.run(
        "return !document.body.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'j', ctrlKey: true, bubbles: true, cancelable: true}))"
    )


# --- what articles contain ---


def test_an_article_full_of_scripts_shows_them_as_text(reader: Reader, site: Site) -> None:
    for path in (
        *("/", "/quotes", "/articles", "/positions"),
        f"/events/{site.ids['hostile']}",
        f"/articles/{site.ids['hostile_article']}",
    ):
        reader.open(path)
        assert "<script>alert(1)</script>" in reader.one("main").text
        assert reader.run("return document.images.length") == 1
        assert reader.run("return document.scripts.length") == 1
    assert HOSTILE in reader.one("article").text


def test_a_script_that_slipped_in_would_not_run(reader: Reader) -> None:
    reader.open()
    reader.run(
        "const s = document.createElement('script'); s.textContent = 'window.ran = 1';"
        "document.body.append(s);"
        "document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 2\">')"
    )
    reader.until(lambda _: len(reader.driver.get_log("browser")) > 0)
    assert reader.run("return window.ran === undefined")
    reader.complaints()


def test_nothing_is_fetched_from_elsewhere(reader: Reader) -> None:
    reader.open()
    fetched = reader.run(
        "return performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)"
    )
    assert set(fetched) == {reader.base}


def test_without_scripts_everything_can_be_read(reader: Reader, site: Site) -> None:
    reader.cdp("Emulation.setScriptExecutionDisabled", value=True)
    try:
        reader.open()
        assert len(reader.all("li.quote")) == 3
        assert not reader.one("[data-shows-keys]").is_displayed()
        reader.open(f"/events/{site.ids['quote']}")
        assert reader.all("mark")
    finally:
        reader.cdp("Emulation.setScriptExecutionDisabled", value=False)
