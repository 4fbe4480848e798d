"""How the command line says which model is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satzpaar.translate.models import BUNDLED

if TYPE_CHECKING:
    import argparse


def add_model_arguments(parser: argparse._ArgumentGroup) -> None:
    """Describe how a model is chosen."""
    parser.add_argument(
        "-m",
        "--model",
        default=BUNDLED,
        metavar="NAME",
        help="bundled (default), a folder, or a hub id: Helsinki-NLP/opus-mt-de-en",
    )
    parser.add_argument(
        "--offline",
        action="store_true",
        default=None,
        help="never ask the network for a model",
    )
    parser.add_argument(
        "--allow-pickle",
        action="store_true",
        help="load weights that are not safetensors; they can run code",
    )
