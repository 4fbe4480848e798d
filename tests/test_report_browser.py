"""The report as its reader sees it: Chromium, wide and narrow, light and dark."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from satzpaar.eval.report import (
    Figure,
    Measure,
    ReportData,
    ReportSegment,
    Section,
    SystemReport,
    without_texts,
    write_report,
)
from tests.browser import browser, colour, contrast
from tests.report_sample import report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.browser import Browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    write_report(path, report())
    return path


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser(1280, 900) as started:
        yield started


@pytest.fixture
def reader(chromium: Browser, page: Path) -> Iterator[Browser]:
    """Open the page; whatever a test does, nothing is fetched and nothing fails."""
    chromium.resize(1280, 900)
    chromium.prefer()
    chromium.open(page)
    yield chromium
    assert chromium.console() == []
    assert chromium.requests() == []


def column(reader: Browser, at: str) -> list[str]:
    cells = reader.all(f'#set-0 .systems tbody [data-at="{at}"]')
    return [cell.text.split("\n")[0].removeprefix("★ ") for cell in cells]


def choose(reader: Browser, name: str, text: str) -> None:
    reader.run(
        "const select = document.querySelector(arguments[0]);"
        "select.value = [...select.options].find((o) => o.text === arguments[1]).value;"
        "select.dispatchEvent(new Event('change'));",
        f'#set-0 [data-name="{name}"]',
        text,
    )


def numbers(reader: Browser) -> list[int]:
    shown = reader.all("#set-0 .segment")
    return [int(each.get_attribute("data-segment") or 0) for each in shown]


class TestTable:
    def test_begins_with_the_best(self, reader: Browser) -> None:
        """And the verdict stands above all."""
        assert column(reader, "name")[0] == "alpha"
        assert reader.one(".verdict").text == report().verdict

    def test_sorts_by_a_column_and_back(self, reader: Browser) -> None:
        """The first click puts the best first: of memory the least."""
        head = reader.one('#set-0 .systems [data-column="peak_mb"]')
        button = head.find_element("css selector", "button")

        button.click()
        first = column(reader, "peak_mb")
        assert head.get_attribute("aria-sort") == "ascending"
        button.click()

        assert first == ["300", "400", "500"]
        assert column(reader, "peak_mb") == ["500", "400", "300"]

    def test_keeps_what_is_missing_last(self, reader: Browser) -> None:
        """Whichever way it is sorted."""
        last = []
        for _ in range(2):
            reader.one('#set-0 [data-column="words_per_second"] button').click()
            last.append(column(reader, "name")[-1])

        assert last == ["delta", "delta"]
        assert reader.one("#set-0 .error").text == "no memory left for the model"


class TestPlot:
    def test_draws_the_frontier(self, reader: Browser) -> None:
        """Gamma is slower and worse than beta; nothing beats alpha or beta."""
        text = reader.one('#set-0 [data-slot="pareto-text"]').text

        assert len(reader.all("#set-0 .plot .efficient")) == 2
        assert len(reader.all("#set-0 .plot .dominated")) == 1
        assert "alpha, beta." in text
        assert "1 of 4 systems lack" in text

    def test_knows_that_less_memory_is_better(self, reader: Browser) -> None:
        """By memory alpha beats both."""
        reader.run(
            "const select = document.querySelector("
            "'#set-0 [data-slot=pareto-controls] select');"
            "select.value = 'peak_mb'; select.dispatchEvent(new Event('change'));"
        )

        assert len(reader.all("#set-0 .plot .efficient")) == 1


class TestMatrix:
    def test_shows_each_pair_from_both_sides(self, reader: Browser) -> None:
        """Better and worse are words and signs, not only colours."""
        cells = [cell.text for cell in reader.all("#set-0 .matrix td")]

        assert cells == [
            "", "▲ +5.00", "▲ +10.00",
            "▼ −5.00", "", "≈ +0.40",
            "▼ −10.00", "≈ −0.40", "",
        ]  # fmt: skip

    def test_tells_no_verdict_from_no_difference(
        self, reader: Browser, tmp_path: Path
    ) -> None:
        """Too few segments for a verdict do not make two systems alike."""
        full, *_ = report().sections
        pair = replace(full.comparisons[0], significant=None)
        path = tmp_path / "few.html"
        section = replace(full, comparisons=(pair,))
        write_report(path, replace(report(), sections=(section,), history=()))

        reader.open(path)

        cells = [cell.text for cell in reader.all("#set-0 .matrix td button")]
        assert cells == ["? +5.00", "? −5.00"]
        assert (
            "? no verdict" in reader.one('#set-0 [data-part="matrix"] h2 + .hint').text
        )

    def test_leads_to_the_segments(self, reader: Browser) -> None:
        """A cell says its numbers and opens its pair below."""
        reader.all("#set-0 .matrix td button")[0].click()

        said = reader.one('#set-0 [data-slot="matrix-readout"]').text
        assert said.startswith("alpha against beta: better; +5.00 BLEU; 95 % interval")
        assert "after Holm .0003" in said
        outputs = [term.text for term in reader.all("#set-0 .segment:first-child dt")]
        assert outputs[2:] == ["A alpha 100.0", "B beta 60.0"]


class TestSegments:
    def test_begins_where_the_baseline_is_ahead(self, reader: Browser) -> None:
        """The best system against the baseline, a page at a time."""
        shown = numbers(reader)

        assert len(shown) == 20
        assert reader.one('#set-0 [data-slot="segment-count"]').text == "50 segments"

    def test_sorts_by_difference(self, reader: Browser) -> None:
        """Beta falls behind alpha by more from segment to segment."""
        choose(reader, "b", "beta")

        choose(reader, "sort", "A most ahead of B")

        assert numbers(reader)[:3] == [50, 49, 48]
        assert "A − B: +89.0" in reader.all("#set-0 .segment-head")[0].text

    def test_filters_by_error_class(self, reader: Browser) -> None:
        """Only what is marked, by the system that is chosen."""
        choose(reader, "a", "gamma")
        choose(reader, "b", "beta")

        choose(reader, "filter", "Omission")

        assert sorted(numbers(reader)) == [1, 11, 21, 31, 41]
        assert "half is missing" in reader.all("#set-0 .segment")[0].text

    def test_a_count_leads_to_its_segments(self, reader: Browser) -> None:
        """The class that nobody is marked with has no column."""
        heads = [head.text for head in reader.all("#set-0 .classes thead th")]
        assert heads == ["System", "Negation", "Omission"]

        reader.one('#set-0 .classes [aria-label*="gamma: Omission"]').click()

        assert sorted(numbers(reader)) == [1, 11, 21, 31, 41]

    def test_a_trait_leads_to_its_segments(self, reader: Browser) -> None:
        """Also those that no system did badly on."""
        reader.one("#set-0 .traits button").click()

        assert sorted(numbers(reader)) == [1, 8, 15, 22, 29, 36, 43, 50]

        choose(reader, "trait", "anything")

        assert "50 segments" in reader.one('#set-0 [data-slot="segment-count"]').text

    def test_finds_words(self, reader: Browser) -> None:
        """In source, reference and outputs."""
        reader.one('#set-0 input[type="search"]').send_keys("Nummer 17 ")

        assert numbers(reader) == [18]

    def test_shows_one_document(self, reader: Browser) -> None:
        """In the order of its text."""
        choose(reader, "sort", "order of the text")

        choose(reader, "document", "text 2")

        assert numbers(reader) == list(range(21, 31))

    def test_turns_pages(self, reader: Browser) -> None:
        """Fifty segments are three pages."""
        choose(reader, "sort", "order of the text")
        buttons = '#set-0 [data-slot="segment-pager"] button'
        reader.all(buttons)[1].click()
        reader.all(buttons)[1].click()

        assert numbers(reader) == list(range(41, 51))
        assert reader.all(buttons)[1].get_attribute("disabled")

    def test_marks_words_against_the_reference(self, reader: Browser) -> None:
        """What is not in it is marked, and in it what A or B misses."""
        choose(reader, "a", "beta")
        choose(reader, "b", "alpha")
        choose(reader, "sort", "order of the text")

        first = reader.all("#set-0 .segment")[0]

        marked = [each.text for each in first.find_elements("css selector", "mark")]
        missed = [each.text for each in first.find_elements("css selector", ".miss-a")]
        assert marked == ["building", "and"]
        assert missed == ["house", ", not"]
        assert not first.find_elements("css selector", ".miss-b")

    def test_says_where_there_is_no_output(self, reader: Browser) -> None:
        """And sorts it last."""
        choose(reader, "a", "gamma")
        choose(reader, "sort", "order of the text")

        assert "no output" in reader.all("#set-0 .segment")[3].text

    def test_shows_context_and_other_systems(self, reader: Browser) -> None:
        """The sentences around it in its document, on demand."""
        choose(reader, "sort", "order of the text")
        item = reader.all("#set-0 .segment")[1]
        for button in item.find_elements("css selector", "button"):
            button.click()

        terms = [term.text for term in item.find_elements("css selector", "dt")]
        assert terms[:3] == ["before it", "Source", "after it"]
        assert terms[-1].startswith("beta")


class TestPage:
    def test_shows_one_test_set_at_a_time(self, reader: Browser) -> None:
        """The other one has a tab; it is a page of one system without segments."""
        reader.one("#tab-1").click()

        assert not reader.one("#set-0").is_displayed()
        assert reader.one("#set-1").is_displayed()
        assert not reader.shown("#set-1 [data-part]")

    def test_changes_test_sets_by_keyboard(self, reader: Browser) -> None:
        """As the pattern for tabs has it."""
        reader.one("#tab-0").send_keys("\ue014")

        assert reader.one("#tab-1").get_attribute("aria-selected") == "true"

    def test_shows_a_single_system(self, reader: Browser) -> None:
        """A translated article: nothing to compare it with, and perhaps no source."""
        reader.one("#tab-2").click()

        assert [e.get_attribute("data-name") for e in reader.all("#set-2 select")] == [
            "a",
            "sort",
        ]
        first = reader.all("#set-2 .segment")[0].text.split("\n")
        assert first[:4] == ["Segment 2", "Reference", "One two.", "A alpha 0.0 chrF"]
        assert first[-1] == "empty"

    def test_draws_history(self, reader: Browser) -> None:
        """A line a system, and the figures below it."""
        assert len(reader.all("#history .series")) == 3
        row = reader.all("#history tbody tr")[0].text
        assert row.split() == ["alpha", "31.00", "32.00", "33.00"]

    @pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
    @pytest.mark.parametrize("width", [390, 1280])
    def test_fits_and_can_be_read(
        self, reader: Browser, width: int, *, dark: bool
    ) -> None:
        """No sideways scrolling, and texts stand out from their ground."""
        reader.resize(width, 844)
        reader.prefer(dark=dark)
        time.sleep(0.1)

        assert reader.overflow() <= 0
        ground = reader.run("return getComputedStyle(document.body).backgroundColor")
        assert (min(colour(ground)) < 60) is dark
        for selector in (
            "h1",
            ".verdict",
            ".hint",
            ".won button",
            ".chip",
            "dt",
            ".error",
        ):
            assert contrast(reader, selector) >= 4.5, selector

    def test_names_its_controls(self, reader: Browser) -> None:
        """For those who hear the page: each has a label, each table heads."""
        unnamed = reader.run(
            "return [...document.querySelectorAll('button, select, input')].filter("
            "(e) => !(e.textContent || e.ariaLabel || e.closest('label'))).length"
        )
        headless = reader.run(
            "return [...document.querySelectorAll('table')].filter("
            "(t) => !t.querySelector('th[scope]')).length"
        )

        assert (unnamed, headless) == (0, 0)


class TestTraits:
    def test_say_who_falls_behind(self, reader: Browser) -> None:
        """Held against the baseline; a system without outputs has no column."""
        heads = [head.text for head in reader.all("#set-0 .traits thead th")]
        cells = [cell.text.split() for cell in reader.all("#set-0 .traits td")]

        assert heads == ["Source has", "Segments", "alpha", "beta", "gamma"]
        assert cells == [["8"], ["61.0", "▲", "+4.5"], ["52.0", "−2.3"], ["50.0"]]
        assert (
            "from gamma differs" in reader.one('#set-0 [data-slot="traits-text"]').text
        )

    def test_are_not_there_without_any(self, reader: Browser) -> None:
        """A test set without German sources."""
        assert not reader.shown('#set-1 [data-part="traits"]')


def test_can_do_without_texts(chromium: Browser, tmp_path: Path) -> None:
    """Test sets that may not be passed on: counts and figures stay, no text does."""
    path = tmp_path / "bare.html"
    write_report(path, without_texts(report()))

    chromium.open(path)

    assert "Haus" not in path.read_text("utf-8")
    assert "counterpart" not in path.read_text("utf-8")
    assert not chromium.shown('#set-0 [data-part="segments"]')
    assert "50" in chromium.one("#set-0 .classes").text
    assert not chromium.all("#set-0 .classes button")
    assert "question" in chromium.one("#set-0 .traits").text
    assert not chromium.all("#set-0 .traits button")
    chromium.all("#set-0 .matrix td button")[0].click()
    assert chromium.console() == []


def test_is_quick_with_thirteen_systems_and_three_thousand_segments(
    tmp_path: Path,
) -> None:
    """The largest test sets of the field open in seconds, and sort at once."""
    names = [f"system {number}" for number in range(13)]
    words = "one two three four five six seven eight nine ten eleven twelve".split()
    segments = tuple(
        ReportSegment(
            source=" ".join(words[at % 12 :] + words),
            references=(" ".join(words + words[: at % 12]),),
            outputs=tuple(" ".join(words[at % 7 :] + words) for _ in names),
            scores=tuple(float((at * 7 + number) % 100) for number in range(13)),
        )
        for at in range(3000)
    )
    measure = Measure("bleu", "BLEU")
    systems = tuple(SystemReport(name, {"bleu": Figure(30.0)}) for name in names)
    path = tmp_path / "large.html"
    write_report(
        path,
        ReportData(
            "large", "", (Section("set", (measure,), systems, segments=segments),)
        ),
    )

    with browser(1280, 900) as reader:
        reader.open(path)
        loaded = reader.run(
            "return performance.getEntriesByType('navigation')[0].loadEventEnd"
        )
        sorting = reader.run(
            "const select = document.querySelector('[data-name=sort]');"
            "select.value = 'a-better'; const start = performance.now();"
            "select.dispatchEvent(new Event('change'));"
            "return performance.now() - start;"
        )

    # A tenth of this on an idle machine; a page that draws all segments needs minutes.
    assert loaded < 10_000
    assert sorting < 2_000
