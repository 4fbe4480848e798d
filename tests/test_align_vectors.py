"""Vectors of n-grams, their likeness, and the anchors that come of it."""

from __future__ import annotations

import numpy as np
import pytest

from satzpaar.alignments.anchors import chain, mutual_best
from satzpaar.alignments.cost import NgramCost, Pair
from satzpaar.alignments.likeness import AddedVectors
from satzpaar.alignments.text import Text
from satzpaar.alignments.vectors import (
    Sparse,
    added,
    character_ngrams,
    compared,
    folded,
    inverse_frequencies,
    numbers_of,
    products,
    side_by_side,
    weighted,
)

WORDS = "harbour lantern meadow thirty copper window orchard silver".split()


def vectors(*texts: str) -> Sparse:
    return character_ngrams([compared(text) for text in texts])


def dense(rows: Sparse) -> dict[int, dict[int, float]]:
    found: dict[int, dict[int, float]] = {i: {} for i in range(len(rows))}
    entries = zip(rows.row_of_entry(), rows.columns, rows.values, strict=True)
    for row, column, value in entries:
        found[int(row)][int(column)] = float(value)
    return found


class TestFolding:
    @pytest.mark.parametrize(
        ("text", "wanted"),
        [
            pytest.param("ÉTÉ, noël!", " ete noel ", id="accents and capitals"),
            pytest.param("Straße", " strasse ", id="sharp s"),
            pytest.param("", "  ", id="nothing"),
            pytest.param("  - ", "  ", id="no word"),
        ],
    )
    def test_leaves_words(self, text: str, wanted: str) -> None:
        """Only letters and digits are compared."""
        assert folded(text) == wanted

    @pytest.mark.parametrize("text", ["1.234.567", "1,234,567", "1 234 567", "1234567"])
    def test_writes_thousands_alike(self, text: str) -> None:
        """Languages differ in how they mark them."""
        assert numbers_of(f"about {text} of them") == " 1234567 "


class TestCharacterNgrams:
    def test_are_those_of_four_and_five_characters_within_words(self) -> None:
        """Of "abcd": "_abc", "abcd", "bcd_", "_abcd", "abcd_"."""
        rows = character_ngrams([" abcd ", " abcd abcd ", " abc d ", "  "])

        assert [int(size) for size in np.diff(rows.starts)] == [5, 5, 4, 0]
        assert set(dense(rows)[1].values()) == {2.0}

    def test_cut_scripts_without_spaces_in_twos(self) -> None:
        """Five characters would be a clause there."""
        rows = vectors("東京都庁", "京都")

        assert products(rows.rows(0, 1), rows.rows(1, 2))[0, 0] >= 1

    def test_are_the_same_in_any_batch(self) -> None:
        """Texts of thousands of segments are counted by parts."""
        texts = [folded(WORDS[k % 7] + WORDS[k % 5]) for k in range(5000)]

        rows = character_ngrams(texts)

        for k in (0, 2047, 2048, 4999):
            assert (
                dense(rows.rows(k, k + 1))[0] == dense(character_ngrams([texts[k]]))[0]
            )


class TestSparse:
    def test_products_are_those_of_dense_rows(self) -> None:
        """Also with an empty row."""
        left, right = vectors("a silver window", "", "copper"), vectors("copper window")

        found = products(left, right)

        first, second = dense(left), dense(right)
        wanted = [
            sum(v * second[0].get(c, 0.0) for c, v in first[i].items()) for i in first
        ]
        assert found[:, 0].tolist() == wanted

    def test_rows_are_added(self) -> None:
        """Where both have a column, its values are summed."""
        left, right = vectors("silver", "window"), vectors("silver silver", "orchard")

        found = dense(added(left, right))

        assert found[0] == {c: 3 * v for c, v in dense(left)[0].items()}
        assert found[1] == {**dense(left)[1], **dense(right)[1]}

    def test_products_of_matrices_side_by_side_add_up(self) -> None:
        """So two comparisons become one."""
        a, b = vectors("silver", "window"), vectors("copper meadow", "lantern")

        both = side_by_side([a, b])

        assert np.allclose(products(both, both), products(a, a) + products(b, b))

    def test_what_is_everywhere_weighs_least(self) -> None:
        """An n-gram of every segment tells none from another."""
        rows = vectors("red lantern", "red meadow", "red window")
        weights = inverse_frequencies(rows)

        found = dense(weighted(rows, weights))[0]

        red = set(dense(vectors("red"))[0])
        assert max(found[c] for c in red) < min(
            v for c, v in found.items() if c not in red
        )


class TestAddedVectors:
    def test_cosine_of_a_run_is_that_of_its_text(self) -> None:
        """Adding segments and joining them with a space is the same."""
        source = ["the copper lantern", "over a meadow", "silver", "thirty windows"]
        target = ["lantern of copper", "meadow silver", "in thirty windows"]
        likeness = AddedVectors(vectors(*source), vectors(*target), max_side=3)

        found = likeness.cosines(range(5), range(4))

        one, other = vectors(" ".join(source[1:4])), vectors(" ".join(target[0:2]))
        wanted = products(one, other) / np.sqrt(
            products(one, one) * products(other, other)
        )
        assert np.isclose(found[4, 2, 2, 1], wanted[0, 0])

    def test_is_the_same_in_any_rectangle(self) -> None:
        """Which part is asked for makes no difference."""
        texts = [f"{a} {b}" for a in WORDS for b in WORDS]
        likeness = AddedVectors(vectors(*texts), vectors(*texts[::-1]), max_side=2)

        whole = likeness.cosines(range(65), range(65))
        part = likeness.cosines(range(30, 40), range(7, 20))

        assert np.allclose(part[2:, :, 2:], whole[32:40, :, 9:20])


class TestAnchors:
    def test_are_what_is_each_others_most_alike(self) -> None:
        """Order plays no part yet."""
        left = vectors("copper lantern", "silver orchard", "thirty")
        right = vectors("orchard of silver", "a window", "lantern copper")

        found = [(i, j) for i, j, _ in mutual_best(left, right)]

        assert found == [(0, 2), (1, 0)]

    def test_leave_out_what_is_repeated(self) -> None:
        """Two equal headings have no one counterpart."""
        left = vectors("contents", "copper lantern", "contents")
        right = vectors("contents", "contents", "copper lantern")

        assert [(i, j) for i, j, _ in mutual_best(left, right)] == [(1, 2)]

    def test_rise_on_both_sides(self) -> None:
        """The longest chain is kept."""
        matches = [(0, 0, 0.9), (1, 7, 0.9), (2, 2, 0.9), (3, 3, 0.9), (4, 1, 0.9)]

        assert chain(matches) == [(0, 0), (2, 2), (3, 3)]

    def test_leave_out_outliers(self) -> None:
        """A match far from the path of those before it and of those after it."""
        path = [(i, i, 0.9) for i in (*range(20), *range(60, 80))]
        matches = [*path[:20], (30, 58, 0.9), *path[20:]]

        assert chain(matches) == [(i, j) for i, j, _ in path]

    def test_keep_the_border_of_a_gap(self) -> None:
        """Where one text lacks a part, the offset jumps and stays."""
        matches = [(i, i if i < 20 else i + 100, 0.9) for i in range(40)]

        assert len(chain(matches)) == 40

    def test_leave_out_weak_matches(self) -> None:
        """The best of bad ones is chance."""
        assert chain([(0, 0, 0.05), (1, 1, 0.8)]) == [(1, 1)]


class TestNgramCost:
    def test_refuses_another_number_of_translations(self) -> None:
        """They would be paired with the wrong segments."""
        text = Text.of_lines(["eins", "zwei"])

        with pytest.raises(ValueError, match="1 translations of 2 source segments"):
            Pair(text, text, translation=["one"])

    def test_uses_either_direction(self) -> None:
        """Without a translation these two words share nothing."""
        source, target = Text.of_lines(["Fenster"]), Text.of_lines(["window"])

        def likeness(**translations: list[str]) -> float:
            pair = Pair(source, target, **translations)
            found = NgramCost().likeness(pair, max_side=1)
            return float(found.cosines(range(1, 2), range(1, 2))[0, 0, 0, 0])

        assert likeness() == 0
        assert likeness(translation=["window"]) > 0.9
        assert likeness(back_translation=["Fenster"]) > 0.9
