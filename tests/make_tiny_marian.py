"""Make the tiny Marian checkpoint of the tests: ``data/tiny-marian``.

Run as ``python tests/make_tiny_marian.py``; takes half a minute. The sentences are of
our own making and cover one small world, which the model learns by heart.
"""

from __future__ import annotations

import itertools
import json
import random
from pathlib import Path
from typing import Any

import sentencepiece
import torch
import transformers

FOLDER = Path(__file__).parent / "data" / "tiny-marian"
SEED = 20260101
PIECES = 160  # of each language, if the sentences give so many
HELD_OUT = 260  # sentences that the model is not trained on, kept for the tests
STEPS = 800
BATCH = 48

SUBJECTS = [
    ("der Mann", "the man"),
    ("die Frau", "the woman"),
    ("das Kind", "the child"),
    ("der Minister", "the minister"),
    ("die Nachbarin", "the neighbour"),
    ("unser Lehrer", "our teacher"),
    ("die alte Dame", "the old lady"),
]
VERBS = [
    ("kauft", "buys"),
    ("sieht", "sees"),
    ("verkauft", "sells"),
    ("sucht", "looks for"),
    ("findet", "finds"),
]
OBJECTS = [
    ("ein Haus", "a house"),
    ("das Buch", "the book"),
    ("einen roten Apfel", "a red apple"),
    ("zwei Karten", "two tickets"),
    ("die Zeitung", "the newspaper"),
    ("den kleinen Hund", "the small dog"),
]
TIMES = [
    ("heute", "today"),
    ("am Montag", "on Monday"),
    ("jeden Morgen", "every morning"),
    ("im Sommer", "in summer"),
]
PLACES = [("", ""), (" in Berlin", " in Berlin"), (" auf dem Markt", " at the market")]


def pairs() -> list[tuple[str, str]]:
    """Compose every sentence of the small world, verb second in German."""
    found = []
    for subject, verb, thing, time, place in itertools.product(
        SUBJECTS, VERBS, OBJECTS, TIMES, PLACES
    ):
        german = f"{time[0]} {verb[0]} {subject[0]}{place[0]} {thing[0]}."
        english = f"{subject[1]} {verb[1]} {thing[1]}{place[1]} {time[1]}."
        found.append((german[0].upper() + german[1:], english[0].upper() + english[1:]))
    random.Random(SEED).shuffle(found)
    return found


def train_pieces(name: str, sentences: list[str]) -> list[str]:
    """Train one language's SentencePiece model and return its pieces."""
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_prefix=str(FOLDER / name),
        vocab_size=PIECES,
        hard_vocab_limit=False,
        normalization_rule_name="identity",
        num_threads=1,
        minloglevel=2,
    )
    (FOLDER / f"{name}.model").rename(FOLDER / f"{name}.spm")
    (FOLDER / f"{name}.vocab").unlink()
    processor = sentencepiece.SentencePieceProcessor(str(FOLDER / f"{name}.spm"))
    return [processor.id_to_piece(n) for n in range(3, len(processor))]


def train(
    model: transformers.MarianMTModel,
    tokenizer: transformers.MarianTokenizer,
    examples: list[tuple[str, str]],
) -> None:
    """Train for some epochs of teacher forcing, with a linearly falling rate."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=0.0)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.05, STEPS)
    draw = random.Random(SEED)
    model.train()
    for _ in range(STEPS):
        german, english = zip(*draw.sample(examples, BATCH), strict=True)
        batch = tokenizer(
            list(german), text_target=list(english), padding=True, return_tensors="pt"
        )
        labels = batch.pop("labels")
        batch["decoder_input_ids"] = labels.roll(1, dims=1)
        batch["decoder_input_ids"][:, 0] = tokenizer.pad_token_id
        # (batch, target_length, vocabulary), <pad> shut out: its row has to stay zero
        logits = model(**batch).logits[:, :, : tokenizer.pad_token_id]
        # Smoothed, or a beam prefers endless sentences to an end.
        loss: Any = torch.nn.functional.cross_entropy(
            logits.flatten(0, 1),
            labels.flatten(),
            ignore_index=tokenizer.pad_token_id,
            label_smoothing=0.1,
        )
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    print(f"last loss {loss.item():.4f}")


def main() -> None:
    """Write the checkpoint and the sentences held out."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    examples = pairs()
    german, english = map(list, zip(*examples, strict=True))
    pieces = dict.fromkeys(
        train_pieces("source", german) + train_pieces("target", english)
    )
    tokens = ["</s>", "<unk>", *pieces, "<pad>"]
    (FOLDER / "vocab.json").write_text(
        json.dumps({token: n for n, token in enumerate(tokens)}, ensure_ascii=False),
        encoding="utf-8",
    )
    settings = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "de",
        "target_lang": "en",
        "model_max_length": 64,
        "separate_vocabs": False,
    }
    (FOLDER / "tokenizer_config.json").write_text(json.dumps(settings, indent=1))
    tokenizer = transformers.MarianTokenizer.from_pretrained(FOLDER)

    pad = len(tokens) - 1
    config = transformers.MarianConfig(
        vocab_size=len(tokens),
        d_model=48,
        encoder_layers=2,
        decoder_layers=2,
        encoder_attention_heads=4,
        decoder_attention_heads=4,
        encoder_ffn_dim=96,
        decoder_ffn_dim=96,
        max_position_embeddings=96,
        activation_function="swish",
        scale_embedding=True,
        dropout=0.0,
        init_std=0.1,
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
    )
    model = transformers.MarianMTModel(config)
    with torch.no_grad():
        model.model.shared.weight[pad] = 0
    train(model, tokenizer, examples[HELD_OUT:])
    generation_config: Any = transformers.GenerationConfig
    model.generation_config = generation_config(
        max_length=96,
        num_beams=4,
        pad_token_id=pad,
        eos_token_id=0,
        forced_eos_token_id=0,
        decoder_start_token_id=pad,
        bad_words_ids=[[pad]],
    )
    half: Any = model
    half.half().save_pretrained(FOLDER)
    for language, lines in (("de", german), ("en", english)):
        text = "".join(f"{line}\n" for line in lines[:HELD_OUT])
        (FOLDER / f"sentences.{language}").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
