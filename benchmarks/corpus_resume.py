"""Build a corpus of over a hundred document pairs, kill the run, resume it, compare.

    python benchmarks/corpus_resume.py ../shared/data                    --no-mt
    python benchmarks/corpus_resume.py ../shared/data --mt               bundled model

The documents are blocks of 20 to 40 lines of the WMT news sets. One run is left alone;
the other is killed with its whole process group when a third and when two thirds of the
documents are done, and is then given the same command again. Both have to write the
same bytes, and what was done before a kill must not be done again.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

YEARS = range(2013, 2019)
LINES_OF_PARAGRAPH = 4


def make_documents(data: Path, folder: Path, pairs: int) -> None:
    """Write ``de/2013-000.de.txt``, ``en/2013-000.en.txt`` and so on."""
    rng = random.Random(20261124)
    number = 0
    for year in YEARS:
        sides = {
            language: (data / "wmt" / f"newstest{year}.{language}")
            .read_text(encoding="utf-8")
            .splitlines()
            for language in ("de", "en")
        }
        start = 0
        while start < len(sides["de"]) and number < pairs * (year - 2012) / len(YEARS):
            stop = start + rng.randint(20, 40)
            for language, lines in sides.items():
                block = lines[start:stop]
                paragraphs = [
                    " ".join(block[i : i + LINES_OF_PARAGRAPH])
                    for i in range(0, len(block), LINES_OF_PARAGRAPH)
                ]
                path = folder / language / f"{year}-{number:03}.{language}.txt"
                path.parent.mkdir(exist_ok=True)
                path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
            start, number = stop, number + 1
    print(f"{number} pairs of documents")


def start(
    folder: Path, output: Path, cache: Path, *, mt: bool
) -> subprocess.Popen[str]:
    """Start the command in a process group of its own."""
    command = [sys.executable, "-P", "-m", "satzpaar.cli.main", "corpus"]
    command += [str(folder / "de"), str(folder / "en"), "-o", str(output)]
    # A date of its own for each run would be the only difference.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    return subprocess.Popen(
        command if mt else [*command, "--no-mt"],
        env={**environment, "SATZPAAR_CACHE": str(cache)},
        start_new_session=True,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(run: subprocess.Popen[str]) -> str:
    """Wait for a run; return what it said."""
    _, said = run.communicate()
    if run.returncode:
        sys.exit(f"the run failed with {run.returncode}:\n{said}")
    return said


def reports(output: Path) -> dict[Path, int]:
    """Return each report that is stored, and when it was written."""
    found = output.with_name(f"{output.name}.work").glob("*/*.json")
    try:
        return {path: path.stat().st_mtime_ns for path in found}
    except FileNotFoundError:  # a run that is done takes the folder away meanwhile
        return {}


def main() -> None:
    """Do it, and stop with a message if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--pairs", type=int, default=120)
    parser.add_argument("--mt", action="store_true", help="with the bundled model")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="work here; keep it")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.keep or Path(temporary)
        folder.mkdir(exist_ok=True)
        make_documents(arguments.data, folder, arguments.pairs)
        pairs = len(list((folder / "de").iterdir()))

        whole, resumed = folder / "whole.tmx", folder / "resumed.tmx"
        began = time.perf_counter()
        said = finish(start(folder, whole, folder / "cache-1", mt=arguments.mt))
        alone = time.perf_counter() - began
        print(said)

        known: dict[Path, int] = {}
        killed_after = 0.0
        for part in (1, 2):
            began = time.perf_counter()
            run = start(folder, resumed, folder / "cache-2", mt=arguments.mt)
            while run.poll() is None and len(reports(resumed)) < pairs * part / 3:
                time.sleep(0.02)
            if run.poll() is not None:
                sys.exit(f"the run ended before it could be killed:\n{finish(run)}")
            os.killpg(run.pid, signal.SIGKILL)
            run.communicate()
            killed_after += time.perf_counter() - began
            done = reports(resumed)
            if resumed.exists():
                sys.exit("a run that was killed left an output")
            if any(done.get(path) != written for path, written in known.items()):
                sys.exit("what was done before the first kill was done again")
            known = done
            print(f"killed with {len(done)} of {pairs} documents done")

        began = time.perf_counter()
        run = start(folder, resumed, folder / "cache-2", mt=arguments.mt)
        while run.poll() is None:
            now = reports(resumed)
            if now and any(now.get(path, at) != at for path, at in known.items()):
                sys.exit("what was done before the kill was done again")
            time.sleep(0.2)
        finish(run)
        rest = time.perf_counter() - began
        print(
            f"resumed: {rest / alone:.2f} of the time of the run that was left alone "
            f"({alone:.0f} s); all three parts {(killed_after + rest) / alone:.2f}"
        )
        digests = [
            hashlib.sha256(path.read_bytes()).hexdigest() for path in (whole, resumed)
        ]
        if digests[0] != digests[1]:
            sys.exit(f"{whole} and {resumed} differ")
        print(f"both corpora are the same, SHA-256 {digests[0][:16]}")


if __name__ == "__main__":
    main()
