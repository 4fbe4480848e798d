"""Marian's tokenizer: SentencePiece for the pieces, ``vocab.json`` for their ids.

Gives the ids that ``transformers.MarianTokenizer`` gives, without its library, but
for two traps of running text: ``</s>``, ``<pad>`` and ``<unk>`` written in a text are
text here, and a text that begins with ``>>`` loses nothing unless ``>>…<<`` is a
language code that the model knows.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from satzpaar.translate.checkpoint import read_json
from satzpaar.translate.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    import sentencepiece

    from satzpaar.translate.models import Model

END = "</s>"
UNKNOWN = "<unk>"
PAD = "<pad>"

SPACE = "▁"  # how SentencePiece writes a space
_LANGUAGE_CODE = re.compile(r">>[^<>\s]+<<")


def characters_of(pieces: Iterable[str]) -> frozenset[str]:
    """Return the characters that a vocabulary has a piece for."""
    bare = (piece.removeprefix(SPACE) for piece in pieces)
    return frozenset(piece for piece in bare if len(piece) == 1)


class MarianTokenizer:
    """Text to tokens to ids, and tokens to text; safe to share between threads.

    Args:
        model: Where the files are, and how the text has to be normalised.

    Raises:
        ModelError: A file is missing, foreign, or does not fit the others.
    """

    def __init__(self, model: Model) -> None:
        folder = model.folder
        self.model = model
        self.source_ids = _read_vocabulary(folder / "vocab.json")
        separate = (folder / "tokenizer_config.json").is_file() and bool(
            read_json(folder / "tokenizer_config.json").get("separate_vocabs", False)
        )
        self.target_ids = (
            _read_vocabulary(folder / "target_vocab.json")
            if separate
            else self.source_ids
        )
        self._target_tokens = {
            number: token for token, number in self.target_ids.items()
        }
        self._source = _load_sentencepiece(folder / "source.spm")
        self._target = _load_sentencepiece(folder / "target.spm")
        self._unknown = self.source_ids[UNKNOWN]

    @cached_property
    def characters(self) -> frozenset[str]:
        """What sources can have; others are left out or spelled in bytes."""
        return characters_of(self.source_ids)

    def tokenize(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut each text into tokens, the end-of-sentence token not among them.

        A piece that ``vocab.json`` lacks stays as it is; its id is <unk>'s.
        """
        if self.model.normalization == "moses":
            texts = [normalize_punctuation(text) for text in texts]
        codes, rest = [], []
        for text in texts:
            found = _LANGUAGE_CODE.match(text)
            code = found.group() if found and found.group() in self.source_ids else ""
            codes.append(code)
            rest.append(text[len(code) :])
        # One thread: its start costs more than a batch of sentences takes.
        pieces: list[list[str]] = self._source.encode(rest, out_type=str, num_threads=1)
        return [
            [code, *tokens] if code else tokens
            for code, tokens in zip(codes, pieces, strict=True)
        ]

    def tokenize_targets(self, texts: Sequence[str]) -> list[list[str]]:
        """Cut translations into target tokens, end of sentence not among them.

        What the target's vocabulary lacks stays as it is; its id is <unk>'s.
        """
        if self.model.normalization == "moses":
            language = self.model.target_language or ""
            texts = [normalize_punctuation(text, language) for text in texts]
        pieces: list[list[str]] = self._target.encode(
            list(texts), out_type=str, num_threads=1
        )
        return pieces

    def target_numbers(self, tokens: Iterable[str]) -> list[int]:
        """Return the ids of target tokens."""
        unknown = self.target_ids[UNKNOWN]
        return [self.target_ids.get(token, unknown) for token in tokens]

    def ids(self, tokens: Iterable[str]) -> list[int]:
        """Return the ids of source tokens."""
        return [self.source_ids.get(token, self._unknown) for token in tokens]

    def source_scores(self) -> dict[str, float]:
        """Return the source's pieces with their scores, those that have an id.

        The logarithm of how likely a piece is, or its rank, 0 the first, as negative.
        """
        pieces = (self._source.id_to_piece(n) for n in range(len(self._source)))
        return {
            piece: self._source.get_score(number)
            for number, piece in enumerate(pieces)
            if piece in self.source_ids
        }

    def target_tokens(self, ids: Iterable[int]) -> list[str]:
        """Return the tokens of target ids."""
        return [self._target_tokens.get(number, UNKNOWN) for number in ids]

    def detokenize(self, tokens: Iterable[str]) -> str:
        """Join target tokens to a text; <unk>, </s> and <pad> are left out."""
        pieces = [token for token in tokens if token not in (END, UNKNOWN, PAD)]
        text: str = self._target.decode_pieces(pieces)
        return text.replace(SPACE, " ").strip()


# Moses' normalize-punctuation.perl, German and English, in its order, which matters.
# OPUS-MT models were trained on its output.
# https://github.com/moses-smt/mosesdecoder, scripts/tokenizer/
_MOSES_RULES = [
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        # White space at parentheses and before punctuation.
        (r"\r", ""),
        (r"\(", " ("),
        (r"\)", ") "),
        (r" +", " "),
        (r"\) ([.!:?;,])", r")\1"),
        (r"\( ", "("),
        (r" \)", ")"),
        (r"(\d) %", r"\1%"),
        (r" ([:;])", r"\1"),
        # Quotes, dashes, ellipses.
        (r"`", "'"),
        (r"''", ' " '),
        (r"[„“”]", '"'),
        (r"–", "-"),
        (r"—", " - "),
        (r" +", " "),
        (r"´", "'"),
        (r"[‘‚’]", "'"),
        (r"''", '"'),
        (r"…", "..."),
        (r"\u00a0«\u00a0|«\u00a0|«", '"'),
        (r"\u00a0»\u00a0|\u00a0»|»", '"'),
        # Spaces that do not break.
        (r"\u00a0%", "%"),
        (r"nº\u00a0", "nº "),
        (r"\u00a0([:?!;])", r"\1"),
        (r"\u00a0(ºC|cm)", r" \1"),
        (r",\u00a0", ", "),
        (r" +", " "),
    )
]
# The comma and the full stop stand outside the quotes in German, inside in English.
_MOSES_LAST_RULES = {
    language: [(re.compile(pattern), replacement) for pattern, replacement in rules]
    for language, rules in {
        "de": (
            (r',"', '",'),
            (r'(\.+)"(\s*[^<])', r'"\1\2'),
            (r"(\d)\u00a0(\d)", r"\1,\2"),
        ),
        "en": ((r'"([,.]+)', r'\1"'), (r"(\d)\u00a0(\d)", r"\1.\2")),
    }.items()
}


def normalize_punctuation(text: str, language: str = "de") -> str:
    """Write punctuation the way that OPUS-MT models were trained on.

    Every language but English is written as German is.

    >>> normalize_punctuation("„Nein“ – sagte er …")
    '"Nein" - sagte er ...'
    """
    last = _MOSES_LAST_RULES["en" if language == "en" else "de"]
    for pattern, replacement in (*_MOSES_RULES, *last):
        text = pattern.sub(replacement, text)
    return text.strip()


def _read_vocabulary(path: Path) -> dict[str, int]:
    vocabulary = read_json(path)
    for token in (END, UNKNOWN):
        if token not in vocabulary:
            raise ModelError(f"{path}: {token} is missing, which Marian needs")
    numbers = sorted(number for number in vocabulary.values() if type(number) is int)
    if numbers != list(range(len(vocabulary))):
        raise ModelError(
            f"{path}: the ids of {len(vocabulary)} tokens must be 0 to "
            f"{len(vocabulary) - 1}, each once"
        )
    return vocabulary


def _load_sentencepiece(path: Path) -> sentencepiece.SentencePieceProcessor:
    import sentencepiece

    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise not_sentencepiece(path) from error


def not_sentencepiece(path: Path) -> ModelError:
    """Make the error of a file that cannot be read as SentencePiece's."""
    return ModelError(
        f"{path}: not a SentencePiece model (missing, cut short, or a git-LFS pointer)"
    )
