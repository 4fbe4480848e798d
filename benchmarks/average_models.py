"""Average the weights of models of one shape and vocabulary.

    python benchmarks/average_models.py LAST:0.56 HALFWAY:0.24 BEFORE:0.2 -o AVERAGE

Models that learnt on from each other are often better averaged than each is: Wortsman
et al. (2022), "Model soups". All else is the first one's.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from satzpaar.translate.checkpoint import SAFETENSORS


def main() -> None:
    """Write the average as a model's folder."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("models", nargs="+", metavar="FOLDER:PART")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    folders = [Path(model.rpartition(":")[0]) for model in options.models]
    parts = [float(model.rpartition(":")[2]) for model in options.models]
    if abs(sum(parts) - 1) > 1e-6:
        parser.error(f"the parts are {sum(parts):g} together; 1 is expected")
    if options.output.exists():
        parser.error(f"{options.output} is there already")
    tables = [load_file(folder / SAFETENSORS) for folder in folders]
    shapes = [{name: table.shape for name, table in some.items()} for some in tables]
    if any(each != shapes[0] for each in shapes):
        parser.error("the models are not of one shape")
    shutil.copytree(folders[0], options.output)
    average = {
        name: torch.stack(
            [
                part * some[name].float()
                for part, some in zip(parts, tables, strict=True)
            ]
        )
        .sum(0)
        .to(first.dtype)
        for name, first in tables[0].items()
    }
    save_file(average, options.output / SAFETENSORS, metadata={"format": "pt"})


if __name__ == "__main__":
    main()
