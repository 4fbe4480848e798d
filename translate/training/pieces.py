"""Another vocabulary for a network that has learnt already."""

from __future__ import annotations

import copy
import math
import re
from typing import TYPE_CHECKING, Any

import torch
import transformers

from satzpaar.translate.tokenizer import PAD, SPACE
from satzpaar.translate.training.network import hold_positions

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from satzpaar.translate.tokenizer import MarianTokenizer
    from satzpaar.translate.training.network import Network

_make_network: Any = transformers.MarianMTModel

_BYTE = re.compile("<0x[0-9A-F]{2}>")

# Before what stands inside a word: a digit, as SentencePiece cuts between it and
# letters, if not told otherwise; behind a hyphen there may be a space (``parting``).
# Where a vocabulary joins them, the piece is taken with it.
_BEFORE = "0"


@torch.no_grad()
def change_vocabulary(
    network: Network, old: MarianTokenizer, new: MarianTokenizer
) -> Network:
    """Make a network of the same layers for other pieces.

    A piece that the old vocabulary has keeps its embedding. Another one begins with the
    mean of those that the old vocabulary cuts it into, each weighing as much as it has
    letters: long pieces mean more. In one table for both languages it is cut as the
    one does that cuts it less.

    Args:
        network: Stays as it is.
        old: The tokenizer of the network.
        new: Whose <pad> is the last id; one vocabulary for both languages.

    """
    size = len(new.source_ids)
    pad = new.source_ids[PAD]
    settings = {
        **network.config.to_dict(),
        "vocab_size": size,
        "decoder_vocab_size": size,
        "pad_token_id": pad,
        "decoder_start_token_id": pad,
        "eos_token_id": 0,
        "forced_eos_token_id": 0,
    }
    changed = _make_network(type(network.config)(**settings))
    source = _old_ids(new, old.tokenize, old.source_ids)
    target = _old_ids(new, old.tokenize_targets, old.target_ids)
    if network.config.share_encoder_decoder_embeddings:
        # One table: whichever side cuts a piece less has it in its language.
        source = target = [
            min(both, key=lambda parts: len(parts) or math.inf)
            for both in zip(source, target, strict=True)
        ]
    state = network.state_dict()
    for name, weight in state.items():
        if name.endswith(("embed_tokens.weight", "shared.weight", "lm_head.weight")):
            state[name] = _table(weight, source if "encoder" in name else target)
        elif name == "final_logits_bias":
            state[name] = _table(weight.T, target).T
    changed.load_state_dict(state)
    hold_positions(changed)
    generation = copy.deepcopy(network.generation_config)
    generation.update(
        bad_words_ids=[[pad]],
        pad_token_id=pad,
        decoder_start_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
    )
    changed.generation_config = generation
    return changed


_Parts = list[tuple[int, float]]  # ids of an old vocabulary, and what each weighs


def _old_ids(
    new: MarianTokenizer,
    cut: Callable[[Sequence[str]], list[list[str]]],
    old: dict[str, int],
) -> list[_Parts]:
    """Say for each token of a vocabulary of which old ones it is made, by its id."""
    tokens = sorted(new.source_ids, key=new.source_ids.__getitem__)
    texts = [
        token.replace(SPACE, " ") if token.startswith(SPACE) else _BEFORE + token
        for token in tokens
    ]
    found: list[_Parts] = []
    for token, pieces in zip(tokens, cut(texts), strict=True):
        if token in old or _BYTE.fullmatch(token):
            found.append([(old[token], 1.0)] if token in old else [])
            continue
        inside = pieces if token.startswith(SPACE) else _without_digit(pieces)
        found.append(
            [(old[piece], float(len(piece))) for piece in inside if piece in old]
        )
    return found


def _without_digit(pieces: list[str]) -> list[str]:
    for number in (1, 2):  # "▁0" or "▁", "0"
        if "".join(pieces[:number]) == SPACE + _BEFORE:
            return pieces[number:]
    return pieces


def _table(old: torch.Tensor, ids: list[_Parts]) -> torch.Tensor:
    """Make a table of rows from an old one's; no part at all: the mean of all."""
    table = old.mean(0).repeat(len(ids), 1)
    for row, parts in enumerate(ids):
        if len(parts) == 1:
            table[row] = old[parts[0][0]]
        elif parts:
            vectors = old[[number for number, _ in parts]]
            weights = torch.tensor([weight for _, weight in parts])
            table[row] = weights @ vectors / weights.sum()
    return table
