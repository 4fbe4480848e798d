"""How long scoring and comparing systems takes, beside sacreBLEU's own command.

    python benchmarks/eval_speed.py FOLDER [--systems A,B,C,D,E] [--repeats 5]

FOLDER holds a test set with systems' outputs, as `satzpaar eval score --testset` takes
it. In turn, so that both meet the same machine, it runs

* ``satzpaar eval compare``: all pairs of the systems, approximate randomisation and
  bootstrap, and
* ``sacrebleu --paired-ar``: the first system against the others, approximate
  randomisation only,

both with BLEU and chrF2 and 10,000 trials, as processes with all that starting them
takes. Then it measures, within this process, the tests for all pairs of all systems.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from satzpaar.eval import load_testset, measure_systems
from satzpaar.eval.compare import ComparisonOptions, comparison_of

FIVE = "ONLINE-B,ONLINE-W,GPT4-5shot,AIRC,NLLB_Greedy"


def main() -> None:
    """Run the benchmark and print its figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder")
    parser.add_argument("--systems", default=FIVE)
    parser.add_argument("--repeats", type=int, default=5)
    options = parser.parse_args()
    testset = load_testset(options.folder)
    names = options.systems.split(",")
    chosen = {system.name: system for system in testset.systems}

    with tempfile.TemporaryDirectory() as folder:
        reference = Path(folder, "reference")
        reference.write_text("\n".join(testset.references[0].segments) + "\n")
        for name in names:
            text = "\n".join(chosen[name].hypotheses) + "\n"
            Path(folder, f"{name}.en").write_text(text)
        files = [str(Path(folder, f"{name}.en")) for name in names]
        ours = [sys.executable, "-P", "-m", "satzpaar.cli.main", "eval", "compare"]
        ours += ["--reference", str(reference), *files, "--metrics", "bleu,chrf"]
        theirs = [
            sys.executable,
            "-P",
            "-m",
            "sacrebleu",
            str(reference),
            "--paired-ar",
        ]
        theirs += ["--input", *files, "--metrics", "bleu", "chrf"]
        walls: dict[str, list[float]] = {"satzpaar": [], "sacrebleu": []}
        cpus: dict[str, list[float]] = {"satzpaar": [], "sacrebleu": []}
        for _ in range(options.repeats):
            for name, command in (("satzpaar", ours), ("sacrebleu", theirs)):
                wall, cpu = timed(command)
                walls[name].append(wall)
                cpus[name].append(cpu)

    print(f"{len(names)} systems, {len(testset)} segments, {options.repeats} repeats")
    for what, seconds in (("wall", walls), ("CPU", cpus)):
        mine, other = (statistics.median(seconds[name]) for name in seconds)
        print(
            f"{what}: satzpaar {mine:.2f} s, sacrebleu {other:.2f} s, "
            f"ratio {mine / other:.2f}"
        )
    all_pairs(testset.name, options.folder)


def timed(command: list[str]) -> tuple[float, float]:
    """Run a process; return its wall time and its CPU time in seconds."""
    before = os.times()
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    wall = time.perf_counter() - start
    after = os.times()
    cpu = after.children_user - before.children_user
    return wall, cpu + after.children_system - before.children_system


def all_pairs(name: str, folder: str) -> None:
    """Measure the tests for all pairs of all systems of a test set."""
    testset = load_testset(folder)
    for metric in ("bleu", "chrf", "chrf++"):
        measured = measure_systems(testset, testset.systems, [metric])
        start = time.process_time()
        compared = comparison_of(
            testset, testset.systems, measured, ComparisonOptions()
        )
        seconds = time.process_time() - start
        pairs = len(compared.metrics[0].pairs)
        print(f"{name}, {metric}: {pairs} pairs by both tests in {seconds:.2f} CPU s")


if __name__ == "__main__":
    main()
