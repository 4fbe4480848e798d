"""Words of the source that stand behind a mark, cut as they are behind a space.

To SentencePiece ``"Gewalt`` and ``Ex-Freundin`` have no word ``▁Gewalt`` and no
``▁Freundin``: what follows a quotation mark, a bracket or a hyphen is cut into what is
left of the vocabulary, and the model has to spell its way through a word that it knows.
A space put behind the mark mends that. It is put by the rules of ``source.spm``
themselves, so that whatever loads the model cuts in this way, and in the source alone:
nobody has to take it out again.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

from satzpaar.translate.checkpoint import CONFIG, TOKENIZER_FILES

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

# Behind them a word begins; not the apostrophe, whose words are one (geht's, O'Brien).
MARKS = '"„“”«»‚‘([/-–—'
_LETTERS = [chr(code) for code in range(0x41, 0x180) if chr(code).isalpha()]
_BEFORE_WORD = re.compile(f"(?<=[{re.escape(MARKS)}])(?=[{''.join(_LETTERS)}])")

# How a model's rules are called that have these among them.
SUFFIX = "_parted"


def part_text(text: str) -> str:
    """Put a space between a mark and a word that follows it.

    >>> part_text('"Nein", sagt ihre Ex-Freundin (47).')
    '" Nein", sagt ihre Ex- Freundin (47).'
    """
    return _BEFORE_WORD.sub(" ", text)


def words_parted(model: Model) -> bool:
    """Say whether a model's source is cut in this way."""
    rules: str = _read((model.folder / "source.spm").read_bytes()).normalizer_spec.name
    return rules.endswith(SUFFIX)


def copy_tokenizer(start: Path, folder: Path) -> None:
    """Copy a model's files but for its weights."""
    for name in (*TOKENIZER_FILES, CONFIG):
        if (start / name).is_file():
            shutil.copyfile(start / name, folder / name)


def part_source(folder: Path) -> None:
    """Add the rules to the tokenizer of a folder."""
    path = folder / "source.spm"
    path.write_bytes(part_words(path.read_bytes()))


def part_words(model: bytes) -> bytes:
    """Add the rules to a SentencePiece model; one that has them stays as it is.

    Args:
        model: The content of an ``.spm`` file.

    """
    import sentencepiece

    read = _read(model)
    rules = read.normalizer_spec
    if rules.name.endswith(SUFFIX):
        return model
    sentencepiece.set_min_log_level(2)  # errors; it tells what it loads
    have = {}  # what normalises nothing has no rules
    if rules.precompiled_charsmap:
        old = sentencepiece.SentencePieceNormalizer(model_proto=model)
        have = dict(old.decompile())
    made = sentencepiece.SentencePieceNormalizer(
        norm_map=sorted((have | _rules(have)).items())
    )
    new = _read(made.serialized_normalizer_spec(), "NormalizerSpec")
    rules.precompiled_charsmap = new.precompiled_charsmap
    rules.name += SUFFIX
    written: bytes = read.SerializeToString()
    return written


def _read(model: bytes, kind: str = "ModelProto") -> Any:
    """Read one of SentencePiece's messages."""
    from sentencepiece import sentencepiece_model_pb2

    message = getattr(sentencepiece_model_pb2, kind)()
    message.ParseFromString(model)
    return message


def _rules(have: dict[str, str]) -> dict[str, str]:
    """Say what each mark with a letter becomes; SentencePiece takes the longest rule.

    So a letter has to become what it does alone, also one whose accent comes after it.
    """
    rules = {}
    for letter in _LETTERS:
        apart = unicodedata.normalize("NFD", letter)
        for written in {letter, apart}:
            for mark in MARKS:
                rules[mark + written] = f"{mark} {have.get(written, written)}"
    return rules
