"""COMET as a worker.

Source: Rei et al. (2022), "COMET-22: Unbabel-IST 2022 Submission for the Metrics Shared
Task", WMT.
"""

from __future__ import annotations

import argparse
from importlib import import_module
from importlib.metadata import version
from typing import Any

# Beside this file, whatever the folder is called.
from serve import mean_over_references, serve  # type: ignore[import-not-found]

USUAL_MODEL = "Unbabel/wmt22-comet-da"
BATCH = 8


def main() -> None:
    """Fetch the model, or load it and serve."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--model", default=USUAL_MODEL)
    parser.add_argument("--fetch", action="store_true", help="fetch the model, no more")
    options = parser.parse_args()
    comet = import_module("comet")
    checkpoint = comet.download_model(options.model)
    if options.fetch:
        return
    model = comet.load_from_checkpoint(checkpoint)
    gpus = 1 if import_module("torch").cuda.is_available() else 0
    needs_reference = bool(model.requires_references())

    def predicted(samples: list[dict[str, str]]) -> list[float]:
        found = model.predict(samples, batch_size=BATCH, gpus=gpus, progress_bar=False)
        return [100 * float(number) for number in found.scores]

    def score(segments: list[dict[str, Any]]) -> list[float]:
        if not needs_reference:
            return predicted(
                [{"src": each["source"], "mt": each["hypothesis"]} for each in segments]
            )
        found: list[float] = mean_over_references(
            segments,
            lambda pairs: predicted(
                [
                    {"src": each["source"], "mt": each["hypothesis"], "ref": reference}
                    for each, reference in pairs
                ]
            ),
        )
        return found

    serve(
        {
            "metric": "COMET22" if options.model == USUAL_MODEL else "COMET",
            "signature": f"model:{options.model}|refs:mean|scale:100|"
            f"version:{version('unbabel-comet')}",
            "higher_is_better": True,
            "needs_source": True,
            "needs_reference": needs_reference,
        },
        score,
    )


if __name__ == "__main__":
    main()
