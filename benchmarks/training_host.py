"""Time trainings with and without what ``satzpaar train`` asks of the libraries.

    python benchmarks/training_host.py news.tsv.xz --columns 2,3 [--minutes 2]

prints a Markdown table. Each way trains twice, in the order A B B A, on the first pairs
of the bitext; target tokens a second are those of the second half of a training, when
programs for most shapes are there.
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import subprocess
import sys
import tempfile
from itertools import islice
from pathlib import Path
from statistics import mean

PAIRS = 30_000
CAPACITY = "ONEDNN_PRIMITIVE_CACHE_CAPACITY"
WAYS = {"with": "", "without": "train.settle_for_training = lambda: None;"}
COMMAND = """
import resource, sys
from satzpaar.cli import main, train
{change}
status = main.main(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitext", type=Path, help="packed by xz, one pair a line")
    parser.add_argument("--columns", default="1,2", metavar="S,T")
    parser.add_argument("--minutes", default="2", metavar="N")
    parser.add_argument("-m", "--model", default="bundled")
    options = parser.parse_args()
    told: dict[str, list[tuple[float, int]]] = {name: [] for name in WAYS}
    with tempfile.TemporaryDirectory() as folder:
        pairs = Path(folder) / "pairs.tsv"
        with lzma.open(options.bitext, "rt", encoding="utf-8") as file:
            pairs.write_text("".join(islice(file, PAIRS)), encoding="utf-8")
        for number, name in enumerate(["with", "without", "without", "with"]):
            output = Path(folder) / str(number)
            told[name].append(_run(options, pairs, output, WAYS[name]))
    print("| | target tokens a second | memory, GB |\n|---|--:|--:|")
    for name, runs in told.items():
        speeds, sizes = zip(*runs, strict=True)
        print(f"| {name} | {mean(speeds):,.0f} | {max(sizes) / 1e6:.1f} |")


def _run(
    options: argparse.Namespace, pairs: Path, output: Path, change: str
) -> tuple[float, int]:
    """Train; return target tokens a second, and the most memory in kB."""
    environment = {key: text for key, text in os.environ.items() if key != CAPACITY}
    arguments = (
        f"train {pairs} --columns {options.columns} -m {options.model} -o {output} "
        f"--minutes {options.minutes} --optimizer muon --softmax 8000 --dropout 0 "
        "--split-pieces 0.1 --batch-tokens 4096 --micro-tokens 4096 --validations 1 "
        "--score-sentences 5 --keep-anyway --quiet"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", COMMAND.format(change=change), *arguments.split()],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    log = (output.parent / f"{output.name}.work" / "log.jsonl").read_text("utf-8")
    steps = [each for each in map(json.loads, log.splitlines()) if "rate" in each]
    late = [each for each in steps if each["progress"] > 0.5]
    tokens = late[-1]["tokens"] - late[0]["tokens"]
    share = late[-1]["progress"] - late[0]["progress"]
    seconds = share * 60 * float(options.minutes)
    return tokens / seconds, int(done.stdout.split()[-1])


if __name__ == "__main__":
    main()
