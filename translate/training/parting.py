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
import unicodedata
from typing import TYPE_CHECKING, Any

from satzpaar.translate.tokenizer import not_sentencepiece

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

# Behind them a word begins; not behind the straight apostrophe and the one that
# typographers use, whose words are one (geht's, O’Brien). Nor behind the single quotes
# ‹ and ›, which news hardly has.
MARKS = '"„“”«»‚‘([/-–—'
# Of Latin script with its accents, as German and the names in it have them. A letter
# with an accent that stands apart and has no rule here is cut by bytes behind a mark.
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
    """Say whether a model's source is cut in this way.

    Raises:
        ModelError: Its ``source.spm`` is not SentencePiece's.

    """
    name: str = _read(model.folder / "source.spm").normalizer_spec.name
    return name.endswith(SUFFIX)


def part_source(folder: Path) -> None:
    """Add the rules to the ``source.spm`` of a folder; if it has them, it stays.

    Raises:
        ModelError: It is not SentencePiece's.

    """
    import sentencepiece

    path = folder / "source.spm"
    model = _read(path)
    rules = model.normalizer_spec
    if rules.name.endswith(SUFFIX):
        return
    # Errors only, from now on: it tells of all that it loads, on standard error.
    sentencepiece.set_min_log_level(2)
    have = {}  # what normalises nothing has no rules
    if rules.precompiled_charsmap:
        old = sentencepiece.SentencePieceNormalizer(model_file=str(path))
        have = dict(old.decompile())
    made = sentencepiece.SentencePieceNormalizer(
        norm_map=sorted((have | _rules(have)).items())
    )
    spec = _messages().NormalizerSpec()
    spec.ParseFromString(made.serialized_normalizer_spec())
    rules.precompiled_charsmap = spec.precompiled_charsmap
    rules.name += SUFFIX
    path.write_bytes(model.SerializeToString())


def _read(path: Path) -> Any:
    """Read a SentencePiece model."""
    from google.protobuf.message import DecodeError

    model = _messages().ModelProto()
    try:
        model.ParseFromString(path.read_bytes())
    except (OSError, DecodeError) as error:
        raise not_sentencepiece(path) from error
    if not model.pieces:
        raise not_sentencepiece(path)
    return model


def _messages() -> Any:
    """Return the classes of SentencePiece's files, which protobuf makes at runtime."""
    from sentencepiece import sentencepiece_model_pb2

    return sentencepiece_model_pb2


def _rules(have: dict[str, str]) -> dict[str, str]:
    """Say what each mark with a letter becomes; SentencePiece takes the longest rule.

    So a letter has to become what it does alone, also one whose accent comes after it.
    """
    rules = {}
    for letter in _LETTERS:
        apart = unicodedata.normalize("NFD", letter)
        for written in {letter, apart}:
            for mark in MARKS:
                rules[mark + written] = (
                    f"{have.get(mark, mark)} {have.get(written, written)}"
                )
    return rules
