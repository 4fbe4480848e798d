"""The result as an ordinary Hugging Face folder, with a model card."""

from __future__ import annotations

import json
import shutil
import stat
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from satzpaar.translate.checkpoint import SAFETENSORS, copy_tokenizer
from satzpaar.translate.engines.transformers import no_progress_bar
from satzpaar.translate.models import Model, find_model
from satzpaar.translate.training.network import (
    Network,
    clear_padding,
    trained_weights,
)
from satzpaar.translate.training.settings import Scratch
from satzpaar.translate.training.work import RECORD, write_json

if TYPE_CHECKING:
    from satzpaar.translate.checkpoint import HeadPlace
    from satzpaar.translate.training.job import Job, Outcome
    from satzpaar.translate.training.settings import Weights


@torch.no_grad()
def export(
    network: Network,
    weights: dict[str, torch.Tensor],
    start: Model,
    folder: Path,
    *,
    kind: Weights,
) -> Model:
    """Write a checkpoint into a new folder and check it.

    Args:
        network: Of the right shape; gets the weights.
        weights: By name, those that were trained.
        start: The model with the tokenizer's files.
        folder: Replaced if it is there.
        kind: In what the weights are written.

    """
    shutil.rmtree(folder, ignore_errors=True)
    network = network.float().cpu()
    for name, weight in trained_weights(network).items():
        weight.copy_(weights[name])
    clear_padding(network)
    if kind == "float16":
        network = network.half()
    with no_progress_bar():
        network.save_pretrained(folder)
    # The library writes it for its owner's eyes only.
    mode = (folder / "config.json").stat().st_mode
    (folder / SAFETENSORS).chmod(stat.S_IMODE(mode))
    copy_tokenizer(start.folder, folder)
    if (start.folder / "config.json").is_file():  # else its vocabulary is new
        _keep_what_its_name_said(start, folder)
    return find_model(str(folder))


def _keep_what_its_name_said(start: Model, folder: Path) -> None:
    """Write down what the names of OPUS-MT's models alone tell.

    Their languages, and that their text has to be normalised; see ``models``.
    """
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    old = json.loads((start.folder / "config.json").read_text(encoding="utf-8"))
    names = [start.name, str(old.get("_name_or_path", "")), start.folder.name]
    telling = [name for name in names if "opus-mt-" in name.lower()]
    if start.normalization == "moses" and telling:
        config["_name_or_path"] = telling[0].partition("@")[0]
        path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    path = folder / "tokenizer_config.json"
    settings = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if start.source_language and start.target_language:
        settings.setdefault("source_lang", start.source_language)
        settings.setdefault("target_lang", start.target_language)
        path.write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


def write_head(model: Model, place: HeadPlace | None) -> Model:
    """Write down which head shows a model's word alignments; None: none does."""
    path = model.folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["alignment_head"] = None if place is None else asdict(place)
    text = json.dumps(config, indent=2, sort_keys=True)
    path.write_text(f"{text}\n", encoding="utf-8")
    return find_model(model.name)


def write_card(
    folder: Path, job: Job, outcome: Outcome, manifest: dict[str, Any]
) -> None:
    """Write README.md: what the model was made from and how good it is."""
    facts, start = outcome.facts, job.start
    source, target = start.source_language or "de", start.target_language or "en"
    lines = ["---", "language:", f"- {source}", f"- {target}"]
    lines.append("library_name: transformers")
    if isinstance(start, Scratch):
        origin = "trained from scratch"
    elif start.folder.resolve() == Path(start.name).expanduser().resolve():
        origin = f"fine-tuned from `{start.folder.resolve().name}`"
    else:
        origin = f"fine-tuned from `{start.name}`"
        if "/" in start.name:
            lines.append(f"base_model: {start.name.partition('@')[0]}")
    lines += [
        "tags:",
        "- translation",
        "- marian",
        "---",
        "",
        f"# {job.output.name}",
        "",
    ]
    lines += [
        f"A MarianMT model, {source} to {target}, {origin} with `satzpaar train`.",
        "",
        "## Data",
        "",
        "| bitext | weight | pairs | target tokens |",
        "|---|---|---|---|",
    ]
    corpora = [*job.data, *([job.general] if job.general else [])]
    for corpus, pairs, tokens in zip(
        corpora, facts["pairs"], facts["target_tokens"], strict=False
    ):
        name = corpus.name.replace("\\", "/").rpartition("/")[2]
        lines.append(f"| {name} | {corpus.weight:g} | {pairs} | {tokens} |")
    dropped = ", ".join(
        f"{count} {reason}" for reason, count in facts["dropped"].items()
    )
    lines += [
        "",
        f"Held out: {facts['valid']} pairs, and {facts['general']} general ones.",
        f"Left out: {dropped or 'none'}.",
        "",
        "Licences of the data: say here.",
        "",
        "## Scores",
        "",
        "| pairs | sentences | BLEU | chrF | chrF at the start |",
        "|---|---|---|---|---|",
    ]
    for name, scores in outcome.scores.items():
        before = outcome.start_scores.get(name)
        lines.append(
            f"| {name} | {scores.sentences} | {scores.bleu:.1f} | {scores.chrf:.1f} | "
            f"{f'{before.chrf:.1f}' if before else ''} |"
        )
    signatures = next(iter(outcome.scores.values()))
    lines += [
        "",
        f"BLEU: `{signatures.bleu_signature}`, chrF: `{signatures.chrf_signature}`.",
        "",
        "## Training",
        "",
        f"{outcome.steps} steps, {outcome.tokens} target tokens,",
        f"{outcome.seconds / 60:.1f} minutes.",
        "",
        "```json",
        json.dumps(
            {
                name: manifest[name]
                for name in ("learning", "parted words", "guided alignment", "cleaning")
                if name in manifest
            },
            indent=1,
        ),
        "```",
        "",
    ]
    (folder / "README.md").write_text("\n".join(lines), encoding="utf-8")
    write_json(folder / RECORD, manifest)
