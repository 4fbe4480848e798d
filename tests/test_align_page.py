"""The page that shows an alignment, as a reader uses it in a browser."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from satzpaar.alignments.alignment import Alignment
from satzpaar.alignments.bead import Bead
from satzpaar.alignments.page import Heading, page_of
from satzpaar.alignments.text import Text
from satzpaar.translate.document import Segment
from tests.browser import Browser, browser

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from satzpaar.translate.document import BlockKind

HOSTILE = (
    """</script><script>document.title = "taken"</script> & "so" <b onclick='x'>"""
)

# Texts, and what they stand on.
PAPERS = {
    "#b2 .source bdi": "#b2 .source",
    "#b2 .source .number": "#b2 .source",
    "#b3 .source bdi": "#b3 .source",
    "#b3 .source .number": "#b3 .source",
    "#b3 .confidence": "#b3 .confidence",
    "#b2 .confidence": "#b2 .confidence",
    "#status": "#tools",
    "#query": "#query",
    "#next": "#next",
    ".numbers dt": "body",
    ".remarks": "body",
    "#b5 .empty span": "#b5 .empty",
}

# kind, source, target, confidence
Row = tuple[str, str, str, float | None]
ROWS: Sequence[Row] = [
    ("1-1", "Der Hafen", "The harbour", 0.99),
    ("1-1", "Das Wasser stand hoch.", "The water stood high.", 0.97),
    ("2-1", "Es regnete.|Niemand ging hinaus.", "It rained and all stayed in.", 0.62),
    ("1-1", "Die Boote lagen schief.", "The boats leaned over.", 0.85),
    ("1-0", "Ein Hund bellte.", "", 0.41),
    ("1-2", "Abends kam die Sonne, spät.", "At night came the sun.|Late.", 0.9),
    ("0-1", "", "Nobody had hoped for it.", 0.55),
    ("1-1", HOSTILE, HOSTILE, None),
]


def alignment(rows: Sequence[Row]) -> Alignment:
    """Make an alignment; "|" parts the segments of a side, the first is a heading."""
    sides: tuple[list[str], list[str]] = ([], [])
    beads = []
    for _, *texts, confidence in rows:
        ranges = []
        for side, text in zip(sides, texts, strict=True):
            start = len(side)
            side.extend(part for part in str(text).split("|") if part)
            ranges.append(range(start, len(side)))
        beads.append(Bead(ranges[0], ranges[1], 1.0, confidence))
    made = []
    for side in sides:
        kinds: list[BlockKind] = ["paragraph"] * len(side)
        kinds[0] = "heading"
        paragraphs = tuple(min(place, 1) for place in range(len(side)))
        made.append(Text(tuple(map(Segment, side)), paragraphs, tuple(kinds)))
    assert [bead.kind for bead in beads] == [row[0] for row in rows]
    return Alignment(made[0], made[1], tuple(beads), "by hand")


def written(path: Path, rows: Sequence[Row], title: str = "Hafen") -> Path:
    """Write the page of some rows."""
    heading = Heading(
        title, "a.de.txt", "a.en.txt", "de", "en-GB", ("by hand", HOSTILE)
    )
    path.write_text("".join(page_of(alignment(rows), heading)), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser(1200, 900) as started:
        yield started


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Browser:
    """Open the page of ROWS, light, on a desktop."""
    chromium.resize(1200, 900)
    chromium.prefer()
    chromium.open(written(tmp_path / "page.html", ROWS))
    return chromium


def numbers(page: Browser, selector: str = ".bead") -> list[int]:
    """Return the numbers of the beads that are shown."""
    return [
        int((bead.get_attribute("id") or "").removeprefix("b"))
        for bead in page.shown(selector)
    ]


def current(page: Browser) -> list[int]:
    return numbers(page, '.bead[aria-current="true"]')


def status(page: Browser) -> str:
    return page.one("#status").text


def wait_for(page: Browser, text: str) -> None:
    """Wait until the status says so: typing is answered after a moment."""
    for _ in range(100):
        if text in status(page):
            return
        time.sleep(0.02)
    pytest.fail(f"the status never said {text!r} but {status(page)!r}")


def slide(page: Browser, name: str, value: int) -> None:
    """Move a slider as a hand would."""
    page.run(
        "const slider = document.getElementById(arguments[0]);"
        "slider.value = arguments[1];"
        "slider.dispatchEvent(new Event('input', {bubbles: true}))",
        name,
        value,
    )


def open_filters(page: Browser) -> None:
    page.one("#filters summary").click()


class TestWhatIsShown:
    def test_every_bead_with_its_two_sides(self, page: Browser) -> None:
        """The reader sees all segments, in order, what has no counterpart too."""
        assert numbers(page) == [*range(1, 9)]

        assert [p.text for p in page.all("#b3 .source bdi")] == [
            "Es regnete.",
            "Niemand ging hinaus.",
        ]
        assert page.one("#b5 .target").text == "no counterpart"

    def test_texts_are_text_whatever_they_hold(self, page: Browser) -> None:
        """A text that looks like markup or ends the script is shown as it is."""
        assert page.one("#b8 .source bdi").text == HOSTILE
        assert page.driver.title == "Hafen"
        assert page.all("#b8 b") == []

    def test_makes_no_request_and_no_complaint(self, page: Browser) -> None:
        """It is one file, also in a place without a network."""
        page.press("n")

        assert page.requests() == []
        assert page.console() == []

    def test_says_each_language(self, page: Browser) -> None:
        """Screen readers pronounce by it, browsers hyphenate by it."""
        langs = {side.get_attribute("lang") for side in page.all(".side:not(.empty)")}

        assert langs == {"de", "en-GB"}

    def test_counts(self, page: Browser) -> None:
        """Three beads are below 75%; one of unknown confidence is no doubt."""
        assert status(page) == "8 beads, 3 doubtful"
        assert page.one("#doubtful").text == "3"
        assert page.one(".numbers").text.split("\n")[:4] == [
            "segments",
            "8 : 8",
            "beads",
            "8",
        ]

    def test_tells_doubt_by_more_than_colour(self, page: Browser) -> None:
        """Who sees no colours sees the number and a double border."""
        doubtful, sure = page.one("#b5 .source"), page.one("#b2 .source")

        assert page.one("#b5 .confidence").text == "41%"
        assert doubtful.value_of_css_property("border-right-style") == "double"
        assert sure.value_of_css_property("border-right-style") == "solid"

    def test_links_say_what_they_are(self, page: Browser) -> None:
        """What a screen reader says for the bead of a 2-1 translation."""
        link = page.one("#b3 .link")

        assert link.accessible_name == "Bead 3, 2-1, confidence 62%"


class TestSteps:
    def test_go_from_one_doubtful_bead_to_the_next(self, page: Browser) -> None:
        """`n` and `j` forwards, `p` and `k` back."""
        seen = []
        for key in ("n", "j", "n", "p", "k"):
            page.press(key)
            seen += current(page)

        assert seen == [3, 5, 7, 5, 3]

    def test_go_round(self, page: Browser) -> None:
        """After the last comes the first, and the page says so."""
        page.press("nnnn")

        assert current(page) == [3]
        assert status(page).endswith("at doubtful bead 1 of 3, from the other end")

    def test_take_the_focus_along(self, page: Browser) -> None:
        """A screen reader reads on from there."""
        page.press("nn")

        assert page.driver.switch_to.active_element.get_attribute("id") == "b5"

    def test_buttons_do_the_same(self, page: Browser) -> None:
        """For hands without a keyboard."""
        page.one("#next").click()
        page.one("#next").click()
        page.one("#previous").click()

        assert current(page) == [3]

    def test_land_where_they_can_be_seen(
        self, chromium: Browser, tmp_path: Path
    ) -> None:
        """Also far down a long page, whose rows are laid out only when seen."""
        rows = [(*ROWS[1][:3], 0.99)] * 3000 + [(*ROWS[2][:3], 0.1)]
        chromium.open(written(tmp_path / "long.html", rows))

        chromium.press("n")
        time.sleep(0.2)

        box = chromium.run(
            "const box = document.getElementById('b3001').getBoundingClientRect();"
            "return [box.top > document.getElementById('tools')"
            ".getBoundingClientRect().bottom, box.bottom < innerHeight]"
        )
        assert box == [True, True]

    def test_wait_while_somebody_types(self, page: Browser) -> None:
        """An n in the search is a letter."""
        page.press("/")
        page.press("n")

        assert current(page) == []
        assert page.one("#query").get_attribute("value") == "n"


class TestFilters:
    def test_search_finds_words_of_both_texts(self, page: Browser) -> None:
        """Whatever the case; the marks and the count follow."""
        page.one("#query").send_keys("THE WATER")
        wait_for(page, "1 of 8 beads shown")
        assert numbers(page) == [2]
        assert page.run("return CSS.highlights.get('hits').size") == 1

        page.press("\ue00c")  # escape
        page.press("/")
        page.press("boote")
        wait_for(page, "1 of 8 beads shown")

        assert numbers(page) == [4]

    def test_search_takes_no_word_for_a_pattern(self, page: Browser) -> None:
        """A dot is a dot, a bracket a bracket."""
        page.one("#query").send_keys("</script>")
        wait_for(page, "1 of 8 beads shown")

        assert numbers(page) == [8]

    def test_enter_goes_to_the_next_hit(self, page: Browser) -> None:
        """And the focus stays where one types."""
        page.one("#query").send_keys("the \ue007\ue007")  # enter, enter

        assert current(page) == [2]
        assert page.driver.switch_to.active_element.get_attribute("id") == "query"

    def test_by_type(self, page: Browser) -> None:
        """What is not 1-1 is what one wants to look at."""
        open_filters(page)

        page.one("#kinds-odd").click()
        assert numbers(page) == [3, 5, 6, 7]

        page.one('input[value="1-0"]').find_element("xpath", "..").click()
        assert numbers(page) == [3, 6, 7]

        page.one("#kinds-all").click()
        assert len(numbers(page)) == 8

    def test_by_confidence(self, page: Browser) -> None:
        """The least sure; what has no confidence is not among them."""
        slide(page, "most", 60)
        wait_for(page, "2 of 8 beads shown")

        assert numbers(page) == [5, 7]

    def test_steps_keep_to_what_is_shown(self, page: Browser) -> None:
        """A filtered bead is no stop."""
        slide(page, "most", 60)
        wait_for(page, "2 of 8 beads shown")

        page.press("nn")

        assert current(page) == [7]

    def test_what_is_doubtful_can_be_set(self, page: Browser) -> None:
        """The colours, the count and the steps follow."""
        slide(page, "below", 91)
        wait_for(page, "5 doubtful")

        page.press("nn")

        assert current(page) == [4]
        assert "doubtful" in (page.one("#b6").get_attribute("class") or "")

    def test_say_when_nothing_is_left(self, page: Browser) -> None:
        """An empty page would look broken."""
        page.one("#query").send_keys("Wüste")
        wait_for(page, "0 of 8 beads shown")

        assert page.one("#nothing").is_displayed()
        assert not page.one("#next").is_enabled()


class TestOverview:
    def test_a_click_on_the_map_goes_there(self, page: Browser) -> None:
        """Just right of the middle of the map begins the second half of the text."""
        from selenium.webdriver import ActionChains

        overview = page.one("#map")
        ActionChains(page.driver).move_to_element_with_offset(
            overview, 20, 0
        ).click().perform()

        assert current(page) == [5]

    def test_the_map_shows_doubt(self, page: Browser) -> None:
        """A doubtful bead's place has the colour of doubt, up to the top."""
        colour = page.run(
            "const map = document.getElementById('map');"
            "const at = (bead) => [...map.getContext('2d').getImageData("
            "(bead - 0.5) * map.width / 8, 1, 1, 1).data];"
            "const doubt = document.createElement('i'); document.body.append(doubt);"
            "doubt.style.color = 'var(--doubtful)';"
            "const [r, g, b] = getComputedStyle(doubt).color.match(/\\d+/g);"
            "return [`${at(3)}` === `${[r, g, b, 255]}`, at(2)]"
        )
        assert colour == [True, [0, 0, 0, 0]]


class TestPlaces:
    def test_a_phone_need_not_scroll_sideways(
        self, page: Browser, tmp_path: Path
    ) -> None:
        """Nor with a word as long as a line; the sides stand below each other."""
        rows = [*ROWS, ("1-1", "x" * 300, "https://example.org/" + "y" * 200, 0.5)]
        page.resize(360, 740)
        page.open(written(tmp_path / "phone.html", rows, "l" * 80))

        assert page.overflow() == 0
        open_filters(page)
        assert page.overflow() == 0
        above, below = page.one("#b2 .source").rect, page.one("#b2 .target").rect
        assert below["y"] >= above["y"] + above["height"]

    def test_dark_is_dark(self, page: Browser) -> None:
        """As the system says, at once."""
        page.prefer(dark=True)

        assert luminance(page, "body") < 0.05
        assert luminance(page, "body", "color") > 0.6

    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    def test_text_can_be_read(self, page: Browser, *, dark: bool) -> None:
        """Every text stands out 4.5 times from its paper, as WCAG 2.2 AA asks."""
        page.prefer(dark=dark)

        contrasts = {}
        for selector, paper in PAPERS.items():
            text, ground = luminance(page, selector, "color"), luminance(page, paper)
            bright, dim = max(text, ground), min(text, ground)
            contrasts[selector] = (bright + 0.05) / (dim + 0.05)

        assert {key: value for key, value in contrasts.items() if value < 4.5} == {}

    def test_without_javascript_all_is_there(self, tmp_path: Path) -> None:
        """The beads are in the page, not made by the script."""
        page = written(tmp_path / "page.html", ROWS).read_text(encoding="utf-8")

        assert page.count('<li class="bead') == len(ROWS)
        assert page.index("Niemand ging hinaus.") < page.rindex("<script>")

    def test_is_quick_with_thousands_of_beads(
        self, chromium: Browser, tmp_path: Path
    ) -> None:
        """Five thousand beads open and are searched while one waits gladly."""
        rows = [ROWS[n % 7] for n in range(5000)]
        chromium.resize(1200, 900)
        started = time.perf_counter()
        chromium.open(written(tmp_path / "long.html", rows))
        opened = time.perf_counter() - started

        found = chromium.run(
            "const query = document.getElementById('query'), at = performance.now();"
            "query.value = 'wasser';"
            "query.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter'}));"
            "document.body.getBoundingClientRect();"
            "return performance.now() - at"
        )

        assert "715 of 5,000 beads shown" in status(chromium)
        # Measured: 1.5 s and 0.1 s on two busy cores.
        assert opened < 15
        assert found < 3000


def luminance(page: Browser, selector: str, what: str = "background-color") -> float:
    """Return the relative luminance of a colour; see-through is what lies below.

    Source: WCAG 2.2, "relative luminance".
    """
    channels = page.run(
        "let element = document.querySelector(arguments[0]), colour;"
        "do { colour = getComputedStyle(element)[arguments[1]]"
        ".match(/[\\d.]+/g).map(Number); element = element.parentElement }"
        "while (element && colour.length === 4 && colour[3] === 0);"
        "return colour.slice(0, 3)",
        selector,
        "backgroundColor" if what == "background-color" else what,
    )
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (channel / 255 for channel in channels)
    ]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])
