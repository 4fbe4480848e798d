"""How fast: naive loops, other tools' loops and Satzpaar on one model and one text.

Each system runs in a process of its own, one after the other, so that memory and
imports are its own. Prints a Markdown table: source words a second while translating
(model loaded), peak memory of the process, and for one article the wall time of a whole
command. Compare rows, not single figures: machines are noisy.

    python benchmarks/translate_speed.py [--source FILE] [--model FOLDER]
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT.parent / "shared/data/wmt/newstest2015.de"
ARTICLE = ROOT / "examples/artikel.de.txt"

LONGEST = 256  # tokens of a translation, CTranslate2's own default

Translate = Callable[[Sequence[str]], list[str]]


# --- the systems: each loads and returns what translates a list of sentences ---------


def transformers_parts(model: str) -> tuple[Any, Any]:
    """Load a checkpoint as the transformers documentation says."""
    from transformers import AutoTokenizer, MarianMTModel

    tokenizer = AutoTokenizer.from_pretrained(model)
    loaded = MarianMTModel.from_pretrained(model, dtype="float32")
    loaded.generation_config.max_length = LONGEST  # or a loop takes 512 steps
    return tokenizer, loaded


def generate(tokenizer: Any, model: Any, batch: Sequence[str], beam: int) -> list[str]:
    """Translate a batch with transformers."""
    inputs = tokenizer(list(batch), return_tensors="pt", padding=True, truncation=True)
    made = model.generate(**inputs, num_beams=beam)
    return list(tokenizer.batch_decode(made, skip_special_tokens=True))


def transformers_in_batches(model: str, beam: int, size: int) -> Translate:
    """Batches of *size* sentences in the order of the text; 1 is the naive loop."""
    tokenizer, loaded = transformers_parts(model)

    def translate(sentences: Sequence[str]) -> list[str]:
        out: list[str] = []
        for start in range(0, len(sentences), size):
            out += generate(tokenizer, loaded, sentences[start : start + size], beam)
        return out

    return translate


def as_easynmt(model: str, beam: int) -> Translate:
    """EasyNMT's loop: sorted by length in characters, batches of 16."""
    tokenizer, loaded = transformers_parts(model)

    def translate(sentences: Sequence[str]) -> list[str]:
        order = sorted(range(len(sentences)), key=lambda n: -len(sentences[n]))
        out = [""] * len(sentences)
        for start in range(0, len(order), 16):
            chosen = order[start : start + 16]
            texts = generate(tokenizer, loaded, [sentences[n] for n in chosen], beam)
            for number, text in zip(chosen, texts, strict=True):
                out[number] = text
        return out

    return translate


def plain_ctranslate2(
    model: str, beam: int, *, by_sentence: bool = False, **options: Any
) -> Translate:
    """CTranslate2 as its quick start has it: one translate_batch call."""
    import ctranslate2
    import sentencepiece

    from satzpaar.translate.conversion import convert
    from satzpaar.translate.models import find_model

    translator = ctranslate2.Translator(str(convert(find_model(model), "int8")))
    folder = find_model(model).folder
    source = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
    target = sentencepiece.SentencePieceProcessor(str(folder / "target.spm"))

    def translate_batch(sentences: Sequence[str]) -> list[str]:
        tokens = [[*source.encode(text, out_type=str), "</s>"] for text in sentences]
        results = translator.translate_batch(tokens, beam_size=beam, **options)
        return [target.decode(result.hypotheses[0]) for result in results]

    def translate(sentences: Sequence[str]) -> list[str]:
        if not by_sentence:
            return translate_batch(sentences)
        return [text for one in sentences for text in translate_batch([one])]

    return translate


def as_argos(model: str, beam: int) -> Translate:
    """Argos Translate's call: batches of 32 tokens, four hypotheses of each."""
    return plain_ctranslate2(
        model,
        beam,
        max_batch_size=32,
        batch_type="tokens",
        num_hypotheses=4,
        length_penalty=0.2,
        replace_unknowns=True,
        return_scores=True,
    )


def satzpaar(
    model: str, beam: int, engine: str = "ctranslate2", *, once: bool = False
) -> Translate:
    """Satzpaar's library."""
    from satzpaar.translate import load_translator

    translator = load_translator(model, engine=engine, beam_size=beam, once=once)

    def translate(sentences: Sequence[str]) -> list[str]:
        return [t.target.text for t in translator.translate_segments(sentences)]

    return translate


SYSTEMS: dict[str, Callable[[str, int], Translate]] = {
    "transformers, a call a sentence": lambda m, b: transformers_in_batches(m, b, 1),
    "transformers, batches of 32": lambda m, b: transformers_in_batches(m, b, 32),
    "EasyNMT's loop": as_easynmt,
    "Argos Translate's loop": as_argos,
    "CTranslate2, a call a sentence": lambda m, b: plain_ctranslate2(
        m, b, by_sentence=True
    ),
    "CTranslate2, translate_batch": plain_ctranslate2,
    "satzpaar, transformers": lambda m, b: satzpaar(m, b, "transformers"),
    "satzpaar, ctranslate2, once": lambda m, b: satzpaar(m, b, once=True),
    "satzpaar, ctranslate2": satzpaar,
}

# 4 is the beam that OPUS-MT models are used with, 2 is CTranslate2's default.
RUNS = [
    *((name, 4) for name in SYSTEMS),
    ("CTranslate2, translate_batch", 2),
    ("satzpaar, ctranslate2, once", 2),
    ("satzpaar, ctranslate2", 2),
]

# The slow systems take every Nth line, or a run would take an hour.
EVERY = {
    "transformers, a call a sentence": 16,
    "transformers, batches of 32": 4,
    "EasyNMT's loop": 4,
    "satzpaar, transformers": 4,
}


def measure(name: str, beam: int, model: str, sentences: Sequence[str]) -> None:
    """Run one system in this process and print what was measured as JSON."""
    started = time.perf_counter()
    translate = SYSTEMS[name](model, beam)
    translate(sentences[:2])  # the first call sets up threads and memory
    loaded = time.perf_counter()
    out = translate(sentences)
    seconds = time.perf_counter() - loaded
    assert len(out) == len(sentences)
    words = sum(len(sentence.split()) for sentence in sentences)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "sentences": len(sentences),
        "words": words,
        "seconds": seconds,
        "load": loaded - started,
        "peak": peak,
    }
    print(json.dumps(figures))


# --- a whole command on one article, from nothing to the last line -------------------

SCRIPT = """
import sys
from transformers import AutoTokenizer, MarianMTModel
tokenizer = AutoTokenizer.from_pretrained(sys.argv[1])
model = MarianMTModel.from_pretrained(sys.argv[1], dtype="float32").eval()
model.generation_config.max_length = 256
for line in open(sys.argv[2], encoding="utf-8"):
    if line.strip():
        inputs = tokenizer([line.strip()], return_tensors="pt", truncation=True)
        made = model.generate(**inputs, num_beams=4)
        print(tokenizer.decode(made[0], skip_special_tokens=True), flush=True)
    else:
        print(flush=True)
"""


def cold_start(command: Sequence[str]) -> tuple[float, float, float]:
    """Return the seconds to the first output and to the end, and the peak in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout is not None
    process.stdout.read(1)
    first = time.perf_counter() - started
    process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    return first, time.perf_counter() - started, usage.ru_maxrss / 1024


def cold_starts(folder: str, article: Path, repeats: int) -> Iterator[str]:
    """Measure whole commands in turn and yield the rows of a table."""
    with tempfile.TemporaryDirectory() as scratch:
        script = Path(scratch, "script.py")
        script.write_text(SCRIPT, encoding="utf-8")
        satzpaar = [str(Path(sys.executable).with_name("satzpaar")), "translate", "-q"]
        commands = {
            "transformers script": [sys.executable, str(script), folder, str(article)],
            "satzpaar translate": [*satzpaar, "--model", folder, str(article)],
            "satzpaar translate --once": [
                *(*satzpaar, "--once", "--model", folder),
                str(article),
            ],
            "satzpaar translate --engine transformers": [
                *(*satzpaar, "--engine", "transformers", "--model", folder),
                str(article),
            ],
        }
        figures: dict[str, list[tuple[float, float, float]]] = {}
        for command in commands.values():
            cold_start(command)  # the disk cache, and the conversion
        for _ in range(repeats):
            for name, command in commands.items():
                figures.setdefault(name, []).append(cold_start(command))
    base = median(end for _, end, _ in figures["transformers script"])
    for name, rows in figures.items():
        first, end, peak = (median(column) for column in zip(*rows, strict=True))
        yield (f"| {name} | {first:.2f} | {end:.2f} | {base / end:.1f} | {peak:.0f} |")


def median(values: Iterator[float] | Sequence[float]) -> float:
    """Return the middle value; of an even number, the higher of the two."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def main() -> None:
    """Run what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--source", type=Path, default=SOURCE, help="a sentence a line")
    parser.add_argument("--article", type=Path, default=ARTICLE)
    parser.add_argument("--model", default=str(ROOT / "translate/bundled"))
    parser.add_argument("--limit", type=int, help="lines of the source; default: all")
    parser.add_argument(
        "--all-lines", action="store_true", help="also for the slow systems: an hour"
    )
    parser.add_argument("--repeats", type=int, default=3, help="of the whole commands")
    parser.add_argument("--only", nargs="*", help="parts of the systems' names")
    parser.add_argument("--run", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    sentences = options.source.read_text(encoding="utf-8").splitlines()[: options.limit]
    if options.run:
        name, beam = options.run
        every = 1 if options.all_lines else EVERY.get(name, 1)
        measure(name, int(beam), options.model, sentences[::every])
        return
    print(f"{len(sentences)} sentences, {os.cpu_count()} cores\n")
    print("| system | beam | sentences | words/s | times naive | peak MB | load s |")
    print("|---|--:|--:|--:|--:|--:|--:|")
    naive = None
    for name, beam in RUNS:
        if options.only and not any(part in name for part in options.only):
            continue
        process = subprocess.run(
            [sys.executable, *sys.argv, "--run", name, str(beam)],
            check=True,
            capture_output=True,
            text=True,
        )
        figures = json.loads(process.stdout.splitlines()[-1])
        speed = figures["words"] / figures["seconds"]
        naive = naive or speed
        print(
            f"| {name} | {beam} | {figures['sentences']} | {speed:.0f} | "
            f"{speed / naive:.1f} | {figures['peak']:.0f} | {figures['load']:.1f} |",
            flush=True,
        )
    print(
        "\n| command, one article | first output s | end s | times faster | peak MB |"
    )
    print("|---|--:|--:|--:|--:|")
    for row in cold_starts(options.model, options.article, options.repeats):
        print(row, flush=True)


if __name__ == "__main__":
    main()
