"""The machine and the software that figures were measured with."""

from __future__ import annotations

import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

POWERCAP: Final = Path("/sys/class/powercap")

# What has a say in a translation or in its score.
PACKAGES: Final = (
    "satzpaar",
    "ctranslate2",
    "transformers",
    "torch",
    "sentencepiece",
    "sacrebleu",
    "numpy",
)


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that have a say."""
    found = {"python": platform.python_version()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            continue
    return found


def engine_versions(engine: str) -> dict[str, str]:
    """Return the versions that a translation by *engine* depends on."""
    wanted = {
        "ctranslate2": ("ctranslate2",),
        "transformers": ("transformers", "torch"),
    }
    names = (*wanted.get(engine, ()), "sentencepiece")
    return {name: text for name, text in versions().items() if name in names}


def scoring_versions() -> dict[str, str]:
    """Return the versions that a score depends on."""
    wanted = {"sacrebleu", "numpy"}
    return {name: text for name, text in versions().items() if name in wanted}


def description() -> dict[str, str | int | float | None]:
    """Describe this machine: what timings depend on beside the software."""
    return {
        "cpu": cpu_name(),
        "cores": cores(),
        "memory_gb": _memory(),
        "system": f"{platform.system()} {platform.release()}",
        "machine": platform.machine(),
        "energy": "RAPL" if energy_counters() else None,
    }


def cpu_name() -> str:
    """Name the processor as the system does."""
    try:
        content = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor() or platform.machine()

    def item(name: str) -> str:
        found = re.search(rf"^{name}\s*:\s*(.+)$", content, re.MULTILINE)
        return found[1].strip() if found else ""

    numbers = [item("cpu family"), item("model")]
    named = item("model name") or platform.machine()
    return (
        f"{named} (family {numbers[0]}, model {numbers[1]})" if all(numbers) else named
    )


def cores() -> int:
    """Count the cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _memory() -> float | None:
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return None
    return round(pages * size / 1e9, 1)


def load_average() -> float | None:
    """Return how many threads wanted a core over the last minute."""
    try:
        return round(os.getloadavg()[0], 2)
    except (OSError, AttributeError):
        return None


def peak_memory() -> float:
    """Return the most memory that this process ever held, in megabytes (10^6 bytes).

    Not ``ru_maxrss`` on Linux: a new program inherits it from the process that
    started it, so that a small child of a large parent looks large.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        found = re.search(r"^VmHWM:\s*(\d+) kB", status, re.MULTILINE)
        if found:
            return int(found[1]) * 1024 / 1e6
    except OSError:
        pass
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return (peak if sys.platform == "darwin" else peak * 1024) / 1e6


def energy_counters(folder: Path = POWERCAP) -> list[Path]:
    """List the counters of the processor packages that this process may read."""
    found = []
    # Zones are intel-rapl:0, :1 …, on AMD too; parts of one are intel-rapl:0:0.
    for zone in sorted(folder.glob("intel-rapl:*")):
        if re.fullmatch(r"intel-rapl:\d+", zone.name):
            try:
                int((zone / "energy_uj").read_text(encoding="ascii"))
            except (OSError, ValueError):
                continue
            found.append(zone)
    return found


class EnergyMeter:
    """Joules that the processor packages use, the whole machine's.

    Args:
        folder: Where the kernel shows its counters.
    """

    def __init__(self, folder: Path = POWERCAP) -> None:
        self._zones = energy_counters(folder)
        self._before = self._read()

    def joules(self) -> float | None:
        """Return what was used since the start, None where it cannot be read.

        A counter that has come to its end begins again at 0.
        """
        if not self._zones:
            return None
        total = 0
        for zone, before, now in zip(
            self._zones, self._before, self._read(), strict=True
        ):
            used = now - before
            if used < 0:
                text = (zone / "max_energy_range_uj").read_text(encoding="ascii")
                used += int(text) + 1
            total += used
        return total / 1e6

    def _read(self) -> list[int]:
        return [
            int((zone / "energy_uj").read_text(encoding="ascii"))
            for zone in self._zones
        ]
