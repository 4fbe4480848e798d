"""What a training asks of the machine's libraries."""

from __future__ import annotations

import os
import platform
import subprocess
import sys

import pytest

CAPACITY = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
# Says how many pages the system had to make for a block that is taken, filled and freed
# over and over.
PAGES = """
import resource
from satzpaar.cli import host
if {settled}:
    host.settle_for_training()
def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt
bytearray(64 << 20)
before = faults()
for _ in range(5):
    bytearray(64 << 20)
print(faults() - before)
"""


def test_programs_are_kept_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from satzpaar.cli.host import settle_for_training

    monkeypatch.setattr("satzpaar.cli.host._keep_memory", lambda: None)
    monkeypatch.setenv(CAPACITY, "77")
    settle_for_training()
    assert os.environ[CAPACITY] == "77"

    monkeypatch.delenv(CAPACITY)
    settle_for_training()
    assert int(os.environ[CAPACITY]) > 1024  # oneDNN's own choice


@pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc",
    reason="only glibc can be told",
)
def test_memory_is_kept() -> None:
    """The pages of a block that is freed are there for the next."""

    def pages(*, settled: bool) -> int:
        made = subprocess.run(
            [sys.executable, "-P", "-c", PAGES.format(settled=settled)],
            capture_output=True,
            text=True,
            check=True,
        )
        return int(made.stdout)

    assert pages(settled=True) * 5 < pages(settled=False)


def test_torch_is_not_loaded_before() -> None:
    """It reads the environment when it is."""
    code = "import sys; import satzpaar.cli.train; print('torch' in sys.modules)"

    made = subprocess.run(
        [sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True
    )

    assert made.stdout.strip() == "False"
