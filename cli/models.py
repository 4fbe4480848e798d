"""`satzpaar models`: which models are at hand, what they are, how to get others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.translate.checks import are_for
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import (
    BUNDLED,
    download_model,
    find_model,
    list_models,
    model_info,
)

if TYPE_CHECKING:
    import argparse

    from satzpaar.translate.models import Model

MEGABYTE = 10**6


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Manage translation models."
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help="the models at hand without a network")
    info = actions.add_parser("info", help="what a model is: languages, size, hash")
    _add_name(info)
    download = actions.add_parser("download", help="fetch a model of the hub")
    download.add_argument("name", metavar="OWNER/NAME", help="with @REVISION if wanted")
    download.add_argument(
        "--allow-pickle",
        action="store_true",
        help="also where there is no safetensors file; pickles can run code",
    )
    convert = actions.add_parser("convert", help="prepare a model for ctranslate2 now")
    _add_name(convert)
    convert.add_argument(
        "--compute-type",
        default="int8",
        metavar="TYPE",
        help="default: %(default)s; float32 serves all that are not int8",
    )


def _add_name(parser: argparse.ArgumentParser) -> None:
    """Describe how a model is named: as `download` takes it, or as `translate` does."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="the same as --model")
    add_model_arguments(parser.add_argument_group("model"))
    parser.set_defaults(model=None)


def _find(options: argparse.Namespace) -> Model:
    if options.name and options.model:
        raise UsageError(
            f"one model is expected, {options.name} and {options.model} are given"
        )
    return find_model(
        options.name or options.model or BUNDLED,
        offline=options.offline,
        allow_pickle=options.allow_pickle,
    )


def run(options: argparse.Namespace) -> int:
    """Do what the command line says."""
    if options.action == "list":
        _list()
    elif options.action == "info":
        _info(options)
    elif options.action == "download":
        model = download_model(options.name, allow_pickle=options.allow_pickle)
        print(model.folder)
    else:
        _convert(options)
    return 0


def _list() -> None:
    models = list_models()
    width = max(len(model.name) for model in models)
    for model in models:
        ready = "ready" if model.converted else "converted on first use"
        print(f"{model.name:{width}}  {model.size / MEGABYTE:6.1f} MB  {ready}")


def _info(options: argparse.Namespace) -> None:
    info = model_info(_find(options))
    model = info.model
    languages = f"{model.source_language or '?'} to {model.target_language or '?'}"
    rows = {
        "model": model.name,
        "folder": str(model.folder),
        "languages": languages,
        "layers": f"{info.encoder_layers} encoder, {info.decoder_layers} decoder",
        "width": f"{info.model_width}, {info.heads} heads",
        "vocabulary": f"{info.vocabulary}",
        "parameters": f"{info.parameters / 10**6:.1f} million",
        "longest segment": f"{model.max_source_tokens} tokens",
        "word alignment": str(model.alignment_head or "shown by no head"),
        "dictionary": _dictionary(model),
        "context": _context(model),
        "idioms": _idioms(model),
        "size": f"{info.size / MEGABYTE:.1f} MB",
        "content hash": info.content_hash,
        "ctranslate2": "converted" if info.converted else "converted on first use",
    }
    for name, value in rows.items():
        print(f"{name + ':':<17}{value}")


def _context(model: Model) -> str:
    """Say whether the sentence before is read; see docs/context.md."""
    german_english = are_for(model.source_language, model.target_language)
    if not german_english or model.alignment_head is None or not model.reads_context:
        return "each sentence alone"
    return "pronouns by the sentence before"


def _dictionary(model: Model) -> str:
    """Say what the dictionary is for; see docs/dictionary.md."""
    german_english = are_for(model.source_language, model.target_language)
    if not german_english or model.alignment_head is None:
        return "not used"
    return "overrules its words" if model.overruled else "for made-up words"


def _idioms(model: Model) -> str:
    """Say how idioms are read; see docs/idioms.md."""
    german_english = are_for(model.source_language, model.target_language)
    if german_english and model.plain_idioms:
        return "read in plain German"
    return "as they stand"


def _convert(options: argparse.Namespace) -> None:
    from satzpaar.translate.conversion import convert, storage_for

    storage = storage_for(options.compute_type)  # before a model is fetched for it
    print(convert(_find(options), storage))
