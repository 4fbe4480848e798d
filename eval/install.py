"""Neural metrics installed, each in a virtual environment of its own.

Their libraries pin versions that ours cannot live with: unbabel-comet wants numpy below
2 and transformers below 5.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

from satzpaar.eval.workers import MetricError, Worker, WorkerMetric
from satzpaar.translate.errors import UsageError
from satzpaar.translate.files import read_bytes, write_atomically
from satzpaar.translate.models import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST: Final = "metric.json"
SERVE: Final = "serve.py"  # what all of our workers share


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a metric is installed."""

    requirements: tuple[str, ...]  # as pip takes them
    script: str  # a worker of ours
    model: str  # on the Hugging Face hub
    license: str


RECIPES: Final = {
    "comet": Recipe(
        ("unbabel-comet>=2.2.2",),
        "comet_metric.py",
        "Unbabel/wmt22-comet-da",
        "Apache-2.0",
    ),
    "metricx": Recipe(
        ("torch", "transformers>=4.44,<5", "sentencepiece", "protobuf"),
        "metricx_metric.py",
        "google/metricx-24-hybrid-large-v2p6",
        "Apache-2.0",
    ),
}


def metrics_folder() -> Path:
    """Say where installed metrics are."""
    return cache_folder() / "metrics"


def installed_names() -> list[str]:
    """List the metrics that are installed."""
    return sorted(path.parent.name for path in metrics_folder().glob(f"*/{MANIFEST}"))


def installed(name: str) -> WorkerMetric:
    """Start an installed metric.

    Raises:
        MetricError: It is not installed, or does not start.
        UsageError: There is no such metric.
    """
    path = metrics_folder() / name / MANIFEST
    if not path.is_file():
        if name in RECIPES:
            raise MetricError(
                f"{name} is not installed; `satzpaar eval install-metric {name}` does "
                "that, where there is a network"
            )
        have = ", ".join(["bleu", "chrf", "chrf++", "ter", *sorted(RECIPES)])
        raise UsageError(
            f"no metric {name!r}; there are {have}, and 'worker:COMMAND' for one of "
            "your own"
        )
    manifest = _manifest(path)
    # What was fetched at installation is all there is: a metric asks no network.
    offline = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}
    return WorkerMetric(
        Worker(manifest["command"], name=name, environment={**os.environ, **offline})
    )


def _manifest(path: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(read_bytes(path))
        command = manifest["command"]
        if not command or not all(isinstance(word, str) for word in command):
            raise ValueError("no command")
    except (ValueError, KeyError, TypeError) as error:
        name = path.parent.name
        raise MetricError(
            f"{path}: damaged ({error}); `satzpaar eval install-metric {name}` again"
        ) from None
    found: dict[str, Any] = manifest
    return found


def install(name: str, *, model: str | None = None, python: str | None = None) -> Path:
    """Make a metric's environment and fetch its model.

    What pip and the worker say goes to standard error as it comes.

    Args:
        name: One of RECIPES.
        model: Of the hub, in place of the usual one.
        python: The interpreter of the environment; None: this one.

    Returns:
        The folder.

    Raises:
        MetricError: A step failed; nothing is left of it.
        UsageError: There is no such metric.
    """
    if name not in RECIPES:
        raise UsageError(f"no recipe for {name!r}; there are {', '.join(RECIPES)}")
    recipe = RECIPES[name]
    model = model or recipe.model
    folder = metrics_folder() / name
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = folder / "environment"
    interpreter = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
    try:
        _step(
            [python or sys.executable, "-m", "venv", str(environment)],
            f"{name}: its environment could not be made",
        )
        _step(
            [str(interpreter), "-m", "pip", "install", *recipe.requirements],
            f"{name}: pip could not install {', '.join(recipe.requirements)}; the "
            "network, or a package index that has them, is needed once",
        )
        for file in (SERVE, recipe.script):
            source = files("satzpaar.eval.worker").joinpath(file)
            (folder / file).write_bytes(source.read_bytes())
        command = [str(interpreter), str(folder / recipe.script), "--model", model]
        _step(
            [*command, "--fetch"],
            f"{name}: the model {model} could not be fetched; the network is needed "
            "once",
        )
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    manifest = {"command": command, "model": model}
    write_atomically(folder / MANIFEST, json.dumps(manifest, indent=1).encode())
    return folder


def _step(command: list[str], complaint: str) -> None:
    try:
        # Standard output is for results, and this is none.
        status = subprocess.run(command, stdout=sys.stderr, check=False).returncode
    except OSError as error:
        raise MetricError(f"{complaint} ({error.strerror})") from None
    if status != 0:
        raise MetricError(complaint)
