"""A headless Chromium for the tests, and what they ask of a page in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import WebDriverWait

from tests.browser_setup import browser

_ARGUMENTS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--lang=en-GB", "--hide-scrollbars"),
)
PATIENCE = 20


@contextmanager
def chromium() -> Iterator[webdriver.Chrome]:
    """A fresh Chromium; skips where there is none."""
    found = browser()
    if found is None:
        pytest.skip("no Chromium and chromedriver (python -m tests.browser_setup)")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        options = webdriver.ChromeOptions()
        options.binary_location = found[0]
        for argument in (*_ARGUMENTS, f"--user-data-dir={folder}"):
            options.add_argument(argument)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        service = Service(found[1], env=os.environ | {"HOME": str(Path(folder))})
        driver = webdriver.Chrome(options=options, service=service)
        try:
            driver.set_page_load_timeout(PATIENCE)
            yield driver
        finally:
            driver.quit()


class Reader:
    """A person at a browser."""

    def __init__(self, driver: webdriver.Chrome, base: str) -> None:
        self.driver = driver
        self.base = base

    def open(self, path: str = "/") -> "Reader":
        """Go to *path* of the site."""
        self.driver.get(f"{self.base}{path}")
        return self

    def one(self, selector: str) -> WebElement:
        """The first element that *selector* finds."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[WebElement]:
        """All elements that *selector* finds."""
        return self.driver.find_elements("css selector", selector)

    def run(self, script: str, *values: Any) -> Any:
        """What *script* returns."""
        return self.driver.execute_script(script, *values)

    def press(self, *keys: str) -> None:
        """Press *keys*, one after the other, where the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def focused(self) -> WebElement:
        """The element with the focus."""
        return self.driver.switch_to.active_element

    def until(self, condition: Any, seconds: float = PATIENCE) -> Any:
        """Wait until *condition* holds."""
        return WebDriverWait(self.driver, seconds, poll_frequency=0.1).until(condition)

    @property
    def path(self) -> str:
        """The address now, without the site's."""
        return self.driver.current_url.removeprefix(self.base)

    def size(self, width: int, height: int) -> None:
        """Look through a window of this size."""
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def scheme(self, name: str) -> None:
        """Prefer the colours of the scheme *name*: light or dark."""
        self.cdp(
            "Emulation.setEmulatedMedia",
            features=[{"name": "prefers-color-scheme", "value": name}],
        )

    def cdp(self, command: str, **values: Any) -> Any:
        """A command of the browser's own protocol."""
        return self.driver.execute_cdp_cmd(command, values)

    def complaints(self) -> list[str]:
        """What the browser's console has said since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]


__all__ = ["PATIENCE", "Keys", "Reader", "chromium"]
