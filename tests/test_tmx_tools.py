"""Bitexts counted, merged, cleared of doubles, chosen from and split."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satzpaar.alignments.bitext import TranslationUnit, Variant
from satzpaar.alignments.formats import open_bitext, read_bitext
from satzpaar.alignments.keys import Keys, key_of
from satzpaar.alignments.tmx.conditions import length_ratio, parse_condition
from satzpaar.alignments.tmx.duplicates import (
    Doubles,
    identity,
    text_key,
    without_doubles,
)
from satzpaar.alignments.tmx.splitting import (
    MOST_OPEN,
    by_hash,
    by_property,
    by_size,
    parse_shares,
    part_path,
    split,
)
from satzpaar.alignments.tmx.statistics import statistics_of
from satzpaar.translate.errors import InputError, UsageError
from tests.bitexts import UNITS, pair

if TYPE_CHECKING:
    from pathlib import Path


class TestKeys:
    @given(st.lists(st.integers(1, 2**64 - 1) | st.integers(1, 40)))
    def test_number_each_key_as_it_comes(self, keys: list[int]) -> None:
        """A dictionary would give the same, in ten times the memory."""
        known: dict[int, int] = {}
        found = Keys()

        for key in keys:
            is_new = key not in known
            assert found.number(key) == (known.setdefault(key, len(known)), is_new)

        assert len(found) == len(known)

    def test_grow(self) -> None:
        """Beyond the slots that there are at first."""
        drawn = random.Random(1).sample(range(1, 2**63), 5000)
        found = Keys()

        assert all(found.add(key) for key in drawn)
        assert not any(found.add(key) for key in drawn)

    def test_of_texts_know_where_each_begins(self) -> None:
        """Parts that are one text if written together are still two."""
        assert len({key_of("ab", "c"), key_of("a", "bc"), key_of("abc")}) == 3


def dated(day: int, confidence: float) -> TranslationUnit:
    return pair(
        "Ja.",
        f"Yes {day}.",
        id="one",
        properties=(("x-confidence", f"{confidence}"),),
        created=datetime(2026, 1, day, tzinfo=UTC),
    )


SAME_ID = [dated(2, 0.5), UNITS[1], dated(9, 0.7), dated(4, 0.9)]


class TestDoubles:
    @pytest.mark.parametrize(
        ("keep", "day"), [("first", 2), ("last", 4), ("newest", 9), ("best", 4)]
    )
    def test_of_one_id_one_is_kept(self, keep: str, day: int) -> None:
        """Where it stands; which one is said by the option."""
        doubles = Doubles()

        found = list(
            without_doubles(lambda: SAME_ID, identity, keep=keep, found=doubles)  # type: ignore[arg-type]
        )

        kept = next(unit for unit in SAME_ID if unit.target.text == f"Yes {day}.")
        assert sorted(found, key=SAME_ID.index) == found
        assert set(found) == {UNITS[1], kept}
        assert doubles == Doubles(read=4, kept=2, conflicts=2)

    def test_merging_again_changes_nothing(self) -> None:
        """With ids or, where there are none, by the texts."""
        plain = [*UNITS, pair("Nein.", "No."), pair("Nein.", "Nope.")]
        doubles = Doubles()

        found = list(without_doubles(lambda: plain + plain, identity, found=doubles))

        assert found == plain
        assert doubles.conflicts == 0

    def test_are_found_in_memories_of_both_directions(self) -> None:
        """A translator into English and one into German have the same pairs."""
        there = pair("Ja.", "Yes.", id="1")
        back = replace(there, source=there.target, target=there.source)
        doubles = Doubles()

        found = list(without_doubles(lambda: [there, back], identity, found=doubles))

        assert found == [there]
        assert doubles.conflicts == 0
        assert text_key(there) == text_key(back)

    @pytest.mark.parametrize(
        ("first", "second", "options", "same"),
        [
            (("Ja.", "Yes."), ("Ja.", "Yes."), {}, True),
            (("Ja.", "Yes."), ("ja", "Yes!"), {}, False),
            (("Ja.", "Yes."), ("ja", "Yes!"), {"normalised": True}, True),
            (("ﬁx  ﬂott", "a"), ("fix flott", "a"), {"normalised": True}, True),
            (("…", "a"), ("?!", "a"), {"normalised": True}, False),
            (("Ja.", "Yes."), ("Ja.", "Yep."), {}, False),
            (("Ja.", "Yes."), ("Ja.", "Yep."), {"side": "source"}, True),
            (("Ja.", "Yes."), ("Jo.", "Yes."), {"side": "target"}, True),
        ],
    )
    def test_by_their_texts(
        self,
        first: tuple[str, str],
        second: tuple[str, str],
        options: dict[str, object],
        same: bool,
    ) -> None:
        """Exact or normalised, both sides or one."""
        a, b = (text_key(pair(*one), **options) for one in (first, second))  # type: ignore[arg-type]

        assert (a == b) is same

    def test_of_other_languages_are_none(self) -> None:
        """Regions aside: a German of Austria is a German."""
        unit = pair("Hand", "hand")
        austrian = replace(unit, source=Variant("Hand", "de-AT"))
        dutch = replace(unit, source=Variant("Hand", "nl"))

        assert text_key(unit) == text_key(austrian) != text_key(dutch)


class TestConditions:
    @pytest.mark.parametrize(
        ("condition", "holds"),
        [
            ("x-confidence>=0.8", True),
            ("x-confidence > 0.9731", False),
            ("x-confidence<1e3", True),
            ("x-bead=1-1", True),
            ("x-bead != 1-1", False),
            ("x-nothing>=0", False),
            ("x-nothing!=1", True),
            ("x-bead>=0", False),
            ("note~^Zeile", True),
            ("note !~ \\d", False),
            ("x-nothing!~.", True),
            ("source~Haus", True),
            ("target-language=en-US", True),
            ("created>=2026-01-24", True),
            ("created>=2025", True),
            ("created>=2027", False),
            ("source-characters<=10", False),
            ("target-words=7", False),
            ("target-words=8", True),
            ("ratio<1.1", True),
        ],
    )
    def test_compare_what_a_unit_has(self, condition: str, holds: bool) -> None:
        """Numbers as numbers, all else as text."""
        unit = replace(
            UNITS[0], target=Variant("The house and the garden are very red.", "en-US")
        )

        assert parse_condition(condition).holds(unit) is holds

    @pytest.mark.parametrize("text", ["", "x-confidence", ">=1", "a b>1", "x~("])
    def test_that_are_none_are_refused(self, text: str) -> None:
        """With an example of one."""
        with pytest.raises(UsageError, match=r"no condition|no pattern"):
            parse_condition(text)

    def test_the_ratio_of_an_empty_side_is_endless(self) -> None:
        """No bound holds it."""
        assert length_ratio(pair("Ja.", "")) == float("inf")


def in_parts(
    units: list[TranslationUnit], folder: Path, part: object, **more: bool
) -> dict[str, list[str]]:
    """Split, and return what each file has."""
    path = folder / "x.tmx.gz"
    counts = split(units, part, path, open_bitext, **more)  # type: ignore[arg-type]
    found = {
        file.name: [unit.source.text for unit in read_bitext(file)]
        for file in sorted(folder.iterdir())
    }
    assert {p.name: n for p, n in counts.items()} == {
        name: len(texts) for name, texts in found.items()
    }
    return found


def numbered(count: int) -> list[TranslationUnit]:
    return [
        pair(f"Satz {n}.", "x", properties=(("x-src-doc", f"a/{n % 2}.txt"),))
        for n in range(count)
    ]


class TestSplitting:
    def test_by_size(self, tmp_path: Path) -> None:
        """The last file has what is left."""
        assert in_parts(numbered(5), tmp_path, by_size(2), one_by_one=True) == {
            "x.0001.tmx.gz": ["Satz 0.", "Satz 1."],
            "x.0002.tmx.gz": ["Satz 2.", "Satz 3."],
            "x.0003.tmx.gz": ["Satz 4."],
        }

    def test_by_document(self, tmp_path: Path) -> None:
        """Also where they take turns; a name that is no file's is made one."""
        assert in_parts(numbered(4), tmp_path, by_property("x-src-doc")) == {
            "x.a_0.txt.tmx.gz": ["Satz 0.", "Satz 2."],
            "x.a_1.txt.tmx.gz": ["Satz 1.", "Satz 3."],
        }

    def test_by_document_without_end(self, tmp_path: Path) -> None:
        """More documents than files may be open, one after the other."""
        many = [pair("x", "y", properties=(("d", f"{n}"),)) for n in range(300)]

        assert len(in_parts(many, tmp_path, by_property("d"))) == 300 > MOST_OPEN

    @pytest.mark.parametrize(
        ("documents", "complaint"),
        [
            ([*map(str, range(300)), "0"], "0 goes on after 200 others; sort the"),
            (["a/b", "a?b"], "would hold both a/b and a[?]b"),
        ],
    )
    def test_that_would_mix_documents_is_refused(
        self, documents: list[str], complaint: str, tmp_path: Path
    ) -> None:
        """And nothing is left of the files before."""
        units = [pair("x", "y", properties=(("d", name),)) for name in documents]

        with pytest.raises(InputError, match=complaint):
            split(units, by_property("d"), tmp_path / "x.tmx", open_bitext)

        assert not list(tmp_path.iterdir())

    def test_without_the_property_is_refused(self, tmp_path: Path) -> None:
        """The unit is named."""
        with pytest.raises(InputError, match="b: no property x-src-doc to split by"):
            split([UNITS[1]], by_property("x-src-doc"), tmp_path / "x.tmx", open_bitext)

    def test_without_the_property_is_known_by_its_text(self, tmp_path: Path) -> None:
        """Most memories of CAT tools have no ids."""
        named, nameless = pair("a", "b", properties=(("d", "1"),)), pair("Ja.", "Yes.")

        with pytest.raises(InputError, match=r"»Ja\.«: no property d .*--where 'd~\.'"):
            split([named, nameless], by_property("d"), tmp_path / "x.tmx", open_bitext)
        assert parse_condition("d~.").holds(named)
        assert not parse_condition("d~.").holds(nameless)

    def test_by_hash_draws_about_the_shares(self) -> None:
        """And the same each time, whatever the order is."""
        units = numbered(5000)
        draw = by_hash({"train": 0.8, "dev": 0.1, "test": 0.1})

        parts = [draw(unit) for unit in units]

        counts = Counter(parts)
        assert counts["train"] == pytest.approx(4000, rel=0.05)
        assert counts["dev"] == pytest.approx(500, rel=0.2)
        again = by_hash({"train": 0.8, "dev": 0.1, "test": 0.1})
        assert [again(unit) for unit in reversed(units)] == parts[::-1]

    def test_by_hash_keeps_a_sentence_in_one_part(self) -> None:
        """What was learnt in training must not be met in the test."""
        draw = by_hash({"train": 0.5, "test": 0.5})

        for n in range(50):
            variants = (f"Satz {n}.", f"satz  {n}!", f"„Satz {n}“")
            assert len({draw(pair(text, "x")) for text in variants}) == 1

    def test_another_seed_draws_otherwise(self) -> None:
        """For who wants a second test set."""
        shares = {"train": 0.5, "test": 0.5}
        first, second = by_hash(shares, seed=1), by_hash(shares, seed=2)

        assert any(first(unit) != second(unit) for unit in numbered(50))

    @pytest.mark.parametrize(
        ("text", "complaint"),
        [
            ("train=0.9,dev=0.2", "sum to 1.1, 1 is expected"),
            ("train,dev", "dev needs a share"),
            ("train=x", "train needs a share"),
            ("train,dev=2", "dev needs a share"),
            ("a b=1", "parts such as"),
            ("a=.5,a=.5", "parts such as"),
        ],
    )
    def test_shares_that_are_none_are_refused(self, text: str, complaint: str) -> None:
        """They must be all of the corpus."""
        with pytest.raises(UsageError, match=complaint):
            parse_shares(text)

    def test_a_part_never_leaves_the_folder(self) -> None:
        """Documents may have any name."""
        assert part_path("a/x.tmx", "../../etc/x").as_posix() == "a/x._.._etc_x.tmx"


def test_statistics() -> None:
    """Everything that one pass can tell."""
    units = [
        *UNITS,
        pair("Ja!", "Ja!", properties=(("x-confidence", "0.5"),)),
        pair("Ja.", "Yes."),
        pair("Ja.", "Yep, sir."),
    ]

    found = statistics_of(units)

    assert found.units == 5
    assert found.languages == {"de-DE-en-US": 2, "de-en": 3}
    assert (found.source.words, found.target.words) == (11, 12)
    assert (found.source.characters, found.source.longest) == (35 + 4 * 3, 35)
    assert (found.source.codes, found.target.codes) == (3, 3)
    assert (found.ids, found.notes, found.copies) == (2, 1, 1)
    assert (found.doubles, found.same_sources) == (1, 2)
    confidence = found.properties["x-confidence"]
    assert (confidence.count, confidence.lowest, confidence.highest) == (2, 0.5, 0.9731)
    assert found.oldest == UNITS[0].created
    assert found.newest == UNITS[0].changed
    assert found.ratio(0.5) == pytest.approx(4 / 3, rel=0.02)
    assert found.ratio(1.0) == pytest.approx(3, rel=0.02)
