"""A headless Chromium for tests of pages, without a network; skips where there is none.

with browser(1200, 800) as chromium:
    chromium.open(page)
    assert chromium.requests() == []
    assert chromium.console() == []
"""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver import Chrome
    from selenium.webdriver.remote.webelement import WebElement

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--force-device-scale-factor=1",
    # Whatever a page might ask for, it gets no answer.
    "--host-resolver-rules=MAP * ~NOTFOUND",
)


class Browser:
    """A page in Chromium, as a reader sees and uses it."""

    def __init__(self, driver: Chrome) -> None:
        self.driver = driver
        self._requests: list[str] = []

    def resize(self, width: int, height: int) -> None:
        """Give the page so many CSS pixels; a window would not go below 500."""
        self._tell(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def prefer(self, *, dark: bool = False, still: bool = True) -> None:
        """Set what the reader's system prefers: dark colours, no animations."""
        features = [
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"},
            {
                "name": "prefers-reduced-motion",
                "value": "reduce" if still else "no-preference",
            },
        ]
        self._tell("Emulation.setEmulatedMedia", media="", features=features)

    def _tell(self, command: str, **arguments: Any) -> None:
        self.driver.execute_cdp_cmd(command, arguments)

    def open(self, page: Path, fragment: str = "") -> None:
        """Open a file and wait until it is loaded."""
        self.console()
        self.requests()
        self._requests.clear()
        self.driver.get(page.resolve().as_uri() + fragment)

    def requests(self) -> list[str]:
        """Return all addresses asked for since `open`, less the opened files."""
        for entry in self.driver.get_log("performance"):  # type: ignore[no-untyped-call]
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                address = message["params"]["request"]["url"]
                is_opened = message["params"].get("type") == "Document"
                if not (is_opened and address.startswith("file:")):
                    self._requests.append(address)
        return self._requests

    def console(self) -> list[str]:
        """Return what the console says since it was last asked: errors, warnings."""
        log = self.driver.get_log("browser")  # type: ignore[no-untyped-call]
        return [f"{entry['level']}: {entry['message']}" for entry in log]

    def all(self, selector: str) -> list[WebElement]:
        """Return the elements that a CSS selector finds."""
        return self.driver.find_elements("css selector", selector)

    def one(self, selector: str) -> WebElement:
        """Return the one element that a CSS selector finds; none or two are wrong."""
        (found,) = self.all(selector)
        return found

    def shown(self, selector: str) -> list[WebElement]:
        """Return those elements that a reader sees without or with scrolling."""
        return [element for element in self.all(selector) if element.is_displayed()]

    def press(self, keys: str) -> None:
        """Press keys, one after the other, wherever the focus is."""
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(keys).perform()

    def run(self, script: str, *arguments: Any) -> Any:
        """Run JavaScript in the page; ``return`` gives its result."""
        return self.driver.execute_script(script, *arguments)

    def overflow(self) -> int:
        """Return by how many CSS pixels the page is wider than its window."""
        return int(
            self.run(
                "const page = document.documentElement;"
                "return page.scrollWidth - page.clientWidth"
            )
        )

    def screenshot(self, path: Path) -> None:
        """Save what is seen as a PNG image."""
        path.parent.mkdir(parents=True, exist_ok=True)
        assert self.driver.save_screenshot(str(path))


@contextmanager
def browser(
    width: int = 1200, height: int = 800, *, dark: bool = False
) -> Iterator[Browser]:
    """Start a Chromium of its own and end it; skip the test where there is none."""
    pytest.importorskip("selenium", reason="selenium is not installed")
    chromium = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    chromedriver = shutil.which("chromedriver")
    if chromium is None or chromedriver is None:
        pytest.skip("no chromium or no chromedriver here: the page is not tested")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*FLAGS, f"--user-data-dir={profile}"):
            options.add_argument(flag)
        options.set_capability(
            "goog:loggingPrefs", {"browser": "WARNING", "performance": "ALL"}
        )
        driver = webdriver.Chrome(options=options, service=Service(chromedriver))
        try:
            started = Browser(driver)
            started.resize(width, height)
            started.prefer(dark=dark)
            yield started
        finally:
            driver.quit()


def colour(text: str) -> tuple[float, ...]:
    """Read ``rgb(1, 2, 3)``."""
    parts = text[text.index("(") + 1 : -1].split(",")
    return tuple(float(part) for part in parts[:3])


def contrast(browser: Browser, selector: str) -> float:
    """Compute the contrast of a text with its ground, 1 to 21, by WCAG 2.2."""
    ink, ground = browser.run(
        "let e = document.querySelector(arguments[0]);"
        "const ink = getComputedStyle(e).color;"
        "const clear = (e) =>"
        "  getComputedStyle(e).backgroundColor === 'rgba(0, 0, 0, 0)';"
        "while (clear(e)) e = e.parentElement;"
        "return [ink, getComputedStyle(e).backgroundColor];",
        selector,
    )

    def luminance(text: str) -> float:
        parts = [part / 255 for part in colour(text)]
        linear = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in parts
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (light + 0.05) / (dark + 0.05)
