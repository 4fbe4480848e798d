"""Bitexts in Parquet: columns, row groups, and the library that it takes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satzpaar.alignments.formats import write_bitext
from satzpaar.translate.errors import SatzpaarError
from tests.bitexts import (
    ANY_CHARACTERS,
    PLAIN,
    each_example_a_folder,
    pair,
    there_and_back,
    units,
)

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.alignments.bitext import TranslationUnit


class TestParquet:
    pytest.importorskip("pyarrow", reason="the extra [parquet] is not installed")

    @settings(each_example_a_folder, max_examples=15)
    @given(
        st.lists(
            units(
                ANY_CHARACTERS,
                ids=st.text(ANY_CHARACTERS, max_size=5),
                names=st.text(ANY_CHARACTERS, max_size=3),
            ),
            max_size=5,
        )
    )
    def test_round_trip(self, tmp_path: Path, given: list[TranslationUnit]) -> None:
        """Nothing is lost but time zones, which become UTC."""
        assert there_and_back(given, tmp_path / "x.parquet") == given

    def test_is_written_by_row_groups(self, tmp_path: Path) -> None:
        """So that memory holds one of them."""
        from pyarrow import parquet

        many = (pair(f"Satz {n}.", f"Sentence {n}.") for n in range(25_000))
        write_bitext(tmp_path / "x.parquet", many)

        assert parquet.ParquetFile(tmp_path / "x.parquet").num_row_groups == 3


def test_parquet_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra: most never need it."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)

    with pytest.raises(SatzpaarError, match=r"pip install 'satzpaar\[parquet\]'"):
        write_bitext(tmp_path / "x.parquet", PLAIN)
