"""Text to ids on both sides, with a model's vocabulary or a new one."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from typing import TYPE_CHECKING

from satzpaar.translate.alphabet import Alphabet
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import Model
from satzpaar.translate.tokenizer import (
    END,
    PAD,
    UNKNOWN,
    MarianTokenizer,
    characters_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from satzpaar.translate.training.settings import Scratch, Vocabulary

# What a model trained on Moses-normalised text has no pieces for; by character only,
# as the rules for the target's language would move punctuation.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("„“”«»", '"'),
        **dict.fromkeys("‚‘’´`", "'"),
        "–": "-",
        "—": "-",
        "…": "...",
        "\u00a0": " ",
    }
)

# SentencePiece's own limit is 4192 and it leaves longer words out with a warning.
LONGEST_WORD = 16_384  # bytes

# Of letters, how many occurrences are covered; the rest goes by bytes.
CHARACTER_COVERAGE = 0.9999

# To which power the count of a word weighs; see benchmarks/vocabulary.py.
DAMPING = 0.65
# What the words of a language weigh together, a count for the rarest being at least 1:
# SentencePiece takes a second for every 1.4 millions, so few words weigh less.
WHOLE = 15_000_000
PER_WORD = 500


class PairEncoder:
    """Cuts pairs into the ids of a model's vocabulary.

    What the vocabulary has no piece for is written plainly, as it is for a translation
    (``translate.alphabet``): nobody learns from what the model will never see.
    """

    def __init__(self, model: Model) -> None:
        import sentencepiece

        self.tokenizer = MarianTokenizer(model)
        self.end = self.tokenizer.source_ids[END]
        self.target_end = self.tokenizer.target_ids[END]
        self._plain = model.normalization == "moses"
        self._source_alphabet = Alphabet(
            self.tokenizer.characters, model.source_language
        )
        self._target_alphabet = Alphabet(
            characters_of(self.tokenizer.target_ids), model.target_language or "en"
        )
        self._unknown = self.tokenizer.target_ids[UNKNOWN]
        self._target = sentencepiece.SentencePieceProcessor(
            model_file=str(model.folder / "target.spm")
        )

    @property
    def largest_id(self) -> int:
        """The largest id of either side."""
        vocabularies = (self.tokenizer.source_ids, self.tokenizer.target_ids)
        return max(max(ids.values()) for ids in vocabularies)

    def sources(self, texts: Sequence[str]) -> list[list[int]]:
        """Return the ids of each source, the end of sentence not among them."""
        texts = [self._source_alphabet.plain(text).text for text in texts]
        return [self.tokenizer.ids(row) for row in self.tokenizer.tokenize(texts)]

    def targets(self, texts: Sequence[str]) -> list[list[int] | None]:
        """Return the ids of each target; None where the vocabulary lacks a character.

        Who learns to say <unk> says it.
        """
        texts = [self._target_alphabet.plain(text).text for text in texts]
        if self._plain:
            texts = [text.translate(_PLAIN) for text in texts]
        get = self.tokenizer.target_ids.get
        rows: list[list[int] | None] = []
        for pieces in self._target.encode(list(texts), out_type=str, num_threads=1):
            row = [get(piece, self._unknown) for piece in pieces]
            rows.append(None if self._unknown in row else row)
        return rows


def train_vocabulary(
    words: tuple[dict[str, float], dict[str, float]],
    wanted: Vocabulary,
    model: Model,
    *,
    seed: int,
    damping: float = DAMPING,
) -> None:
    """Train a vocabulary of both languages, and write a tokenizer's files.

    The last id is <pad>'s, which SentencePiece does not know.

    Args:
        words: How often each word of the source and of the target comes, with the
            punctuation that touches it.
        wanted: How large, and of what kind.
        model: What it is for; the files go into its folder.
        seed: Of SentencePiece.
        damping: To which power the count of a word weighs.

    Raises:
        UsageError: The text does not give a vocabulary of this size.

    """
    import sentencepiece

    folder = model.folder
    folder.mkdir(parents=True, exist_ok=True)
    counted = folder / "words.tsv"
    whole = min(WHOLE, PER_WORD * max(map(len, words)))
    with counted.open("w", encoding="utf-8", newline="\n") as file:
        for counts in words:
            weights = weighed(counts, damping, whole)
            file.writelines(f"{word}\t{n}\n" for word, n in weights.items())
    written = io.BytesIO()
    sentencepiece.set_random_generator_seed(seed)
    try:
        sentencepiece.SentencePieceTrainer.train(
            input=str(counted),
            input_format="tsv",
            model_writer=written,
            vocab_size=wanted.size - 1,
            hard_vocab_limit=False,
            model_type="unigram",
            character_coverage=CHARACTER_COVERAGE,
            byte_fallback=wanted.byte_fallback,
            split_digits=wanted.split_digits,
            normalization_rule_name=wanted.normalization,
            max_sentence_length=LONGEST_WORD,
            unk_id=1,
            eos_id=0,
            bos_id=-1,
            pad_id=-1,
            minloglevel=2,
        )
    except RuntimeError as error:
        reason = str(error).strip().rpartition("] ")[2].partition("\n")[0]
        raise UsageError(
            f"no vocabulary of {wanted.size} pieces can be made from this bitext: "
            f"{reason}"
        ) from error
    finally:
        counted.unlink(missing_ok=True)
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(written.getvalue())
    processor = sentencepiece.SentencePieceProcessor(model_proto=written.getvalue())
    tokens = [processor.id_to_piece(number) for number in range(len(processor))]
    tokens.append(PAD)
    vocabulary = {token: number for number, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(
        json.dumps(vocabulary, ensure_ascii=False, indent=0), encoding="utf-8"
    )
    settings = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": model.source_language,
        "target_lang": model.target_language,
        "model_max_length": model.max_source_tokens,
        "separate_vocabs": False,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2))


def weighed(
    counts: dict[str, float], damping: float = DAMPING, whole: int = WHOLE
) -> dict[str, int]:
    """Say what each word of a language weighs when pieces are chosen.

    Less than it is frequent: pieces are to make many words of, and what is frequent is
    a piece anyway. All together weigh the same in every language.
    """
    weights = {word: count**damping for word, count in counts.items()}
    total = sum(weights.values())
    return {
        word: max(1, round(weight / total * whole)) for word, weight in weights.items()
    }


def scratch_model(scratch: Scratch, folder: Path) -> Model:
    """Describe a tokenizer's folder as a model that has no weights yet."""
    positions = scratch.architecture.positions
    return Model(
        name="scratch",
        folder=folder,
        source_language=scratch.source_language,
        target_language=scratch.target_language,
        max_source_tokens=positions,
        max_target_tokens=positions,
        normalization="none",
    )


def cut_anew(start: Model, folder: Path) -> Model:
    """Describe a model that has another vocabulary, and no weights for it yet."""
    return replace(start, folder=folder, normalization="none")
