"""`satzpaar train`: a Marian model fine-tuned on a bitext, or one from scratch."""

from __future__ import annotations

import argparse
import re
import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from satzpaar.alignments.corpora import (
    Format,
    open_corpora,
    open_corpus,
    parse_corpus,
)
from satzpaar.cli.bitexts import columns_of
from satzpaar.cli.host import settle_for_training
from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.cli.train_watch import Watch, interruptible
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES
from satzpaar.translate.errors import UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Cleaning,
    Conduct,
    Guidance,
    Job,
    Learning,
    Scratch,
    StoppedError,
    Vocabulary,
    train,
)
from satzpaar.translate.training.settings import OPTIMIZERS

if TYPE_CHECKING:
    from satzpaar.translate.models import Model
    from satzpaar.translate.training import Outcome

INTERRUPTED = 130
MEGABYTE = 10**6

# A new network learns faster and longer than a trained one may be changed.
SCRATCH_LEARNING = Learning(
    rate=1e-3,
    warmup_steps=1000,
    cooldown=0.4,
    batch_tokens=8192,
    micro_tokens=4096,
)
FINE_TUNING_EPOCHS = 3.0

EPILOG = """\
DATA is FILE[:WEIGHT[:COOLDOWN_WEIGHT]]; FILE is .tmx, .tsv, .jsonl, or .de of a Moses
pair corpus.de, corpus.en, also packed: .gz, .xz, .bz2. A weight of 2 takes each pair
twice an epoch, one of 0.3 a third of them; the second one holds while the rate falls.

examples:
  satzpaar train memory.tmx -o my-model
  satzpaar train memory.tmx --general news.tsv:0.5 -m Helsinki-NLP/opus-mt-de-en -o mine
  satzpaar train big.tsv.xz news.tsv:3:6 --from-scratch --minutes 600 -o new-model
  satzpaar translate artikel.txt --model my-model

The same command again goes on where it was left, also with a larger budget.

exit status: 0 done; 1 a file, the model or the disk is at fault, or the result is worse
than the start; 2 wrong usage; 130 interrupted
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line; what is not given is None."""
    parser.description = "Fine-tune a Marian model on a bitext, or train a new one."
    parser.epilog = EPILOG
    parser.add_argument("data", nargs="+", metavar="DATA", help="bitexts to learn from")
    parser.add_argument(
        "-o", "--output", required=True, metavar="FOLDER", help="of the model"
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="only the result")
    _add_data_arguments(parser.add_argument_group("data"))
    _add_start_arguments(parser)
    _add_learning_arguments(parser.add_argument_group("learning"))
    _add_conduct_arguments(parser.add_argument_group("conduct"))


def _add_data_arguments(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--general", metavar="FILE[:SHARE]", help="against forgetting: SHARE pairs of "
        "this for each of DATA, 0.5 if not said")  # fmt: skip
    add("--valid", metavar="FILE", help="judge by this; default: part of DATA")
    add("--held-out", type=int, metavar="N", help="pairs of DATA never learnt from, "
        "1000, and at most a tenth")  # fmt: skip
    add("--columns", metavar="S,T", help="of a TSV, from 1: source's and target's")
    add("--languages", metavar="S-T", help="default: the model's; de-en")
    add("--max-characters", type=int, metavar="N", help="of a side, 600")
    add("--max-ratio", type=float, metavar="X", help="of the sides' lengths, 2.3")
    add("--check-numbers", action="store_true", help="drop where numbers differ")
    add("--keep-copies", action="store_true", help="where source and target are one")
    add("--keep-duplicates", action="store_true", help="pairs that come again")


def _add_start_arguments(parser: argparse.ArgumentParser) -> None:
    model = parser.add_argument_group("start")
    add_model_arguments(model)
    model.set_defaults(model=None)
    model.add_argument(
        "--from-scratch", action="store_true", help="a new model instead of --model"
    )
    add = model.add_argument
    add("--encoder-layers", type=int, metavar="N", help="of a new model, 6; or more "
        "than --model has, which learns on with new ones on top")  # fmt: skip
    add("--vocabulary", type=int, metavar="N", help="pieces at most: of a new model, "
        "16000; or a new one for --model, made from DATA")  # fmt: skip
    add("--part-words", action="store_true", help="in the source, cut a word behind a "
        "quote, bracket, hyphen, dash or slash as behind a space")  # fmt: skip
    add("--no-byte-fallback", action="store_true", help="a new vocabulary's rare "
        "characters are <unk>")  # fmt: skip
    add("--no-split-digits", action="store_true", help="numbers may be one piece of it")
    add("--width", type=int, metavar="N", help="of a new model, 512; or a multiple of "
        "--model's, which learns on with more heads")  # fmt: skip
    add("--feed-forward", type=int, metavar="N", help="of a new model, 2048; or no "
        "less than --model has; default: grows as its width does")  # fmt: skip
    new = parser.add_argument_group("a new model")
    add = new.add_argument
    add("--decoder-layers", type=int, metavar="N", help="2")
    add("--heads", type=int, metavar="N", help="8")


def _add_learning_arguments(group: argparse._ArgumentGroup) -> None:
    budget = group.add_mutually_exclusive_group()
    budget.add_argument("--epochs", type=float, metavar="N", help="fine-tuning: 3")
    budget.add_argument("--minutes", type=float, metavar="N", help="of training")
    budget.add_argument("--tokens", type=float, metavar="N", help="of the target")
    add = group.add_argument
    add("--learning-rate", type=float, metavar="X", help="1e-4; from scratch 1e-3")
    add("--embedding-rate", type=float, metavar="X", help="of the embeddings: so many "
        "times --learning-rate, 1")  # fmt: skip
    add("--embeddings-first", type=int, metavar="STEPS", help="in which nothing else "
        "is moved, 0; for a new vocabulary")  # fmt: skip
    add("--optimizer", choices=OPTIMIZERS, help="adamw; muon learns more from a pair, "
        "for more time a step")  # fmt: skip
    add("--warmup", type=int, metavar="STEPS", help="100; from scratch 1000")
    add("--cooldown", type=float, metavar="PART", help="of the budget in which the "
        "rate falls, 0.5; from scratch 0.4")  # fmt: skip
    add("--short-first", type=float, metavar="PART", help="of the budget for pairs "
        "under 24 tokens only, 0")  # fmt: skip
    add("--batch-tokens", type=int, metavar="N", help="a step: 4096; scratch 8192")
    add(
        "--micro-tokens",
        type=int,
        metavar="N",
        help="at once in memory: 1024; scratch 4096",
    )
    add(
        "--max-tokens",
        type=int,
        metavar="N",
        help="of a side, 128; longer are left out",
    )
    add("--smoothing", type=float, metavar="X", help="of the labels, 0.1")
    add("--softmax", type=int, metavar="N", help="tokens that take part in that of a "
        "step: faster where layers are small, 0; 0: all")  # fmt: skip
    add("--split-pieces", type=float, metavar="PART", help="of the source's pieces, "
        "cut up by chance and each time anew, 0; for little text")  # fmt: skip
    add("--dropout", type=float, metavar="X", help="default: the model's; new: 0.1")
    add("--weight-decay", type=float, metavar="X", help="0.01")
    add("--averaging", type=float, metavar="X", help="decay of the averages, 0.999")
    add("--seed", type=int, metavar="N", help="1")
    add("--guided-alignment", type=_guidance_weight, nargs="?", metavar="WEIGHT",
        const=Guidance().weight, help="train one head of the attention on word "
        "alignments, so that marks and terms find their places; 0.1 if not said; after "
        "DATA; needs eflomal")  # fmt: skip
    add("--guided-pairs", type=int, metavar="N", help="that are aligned for it, 100000")


def _add_conduct_arguments(group: argparse._ArgumentGroup) -> None:
    add = group.add_argument
    add("--device", choices=("auto", "cpu", "cuda"), help="auto")
    add("--precision", choices=("auto", "float32", "bfloat16"), help="auto: measured")
    add("--threads", type=int, metavar="N", help="cores to use; default: all")
    add("--save-every", type=float, metavar="MINUTES", help="a checkpoint, 10")
    add("--validations", type=int, metavar="N", help="over the budget, 10")
    add("--patience", type=int, metavar="N", help="validations without gain until it "
        "ends early, 4; 0: never")  # fmt: skip
    add("--score-sentences", type=int, metavar="N", help="translated to compare, 500")
    add("--engine", choices=sorted(ENGINES), default=DEFAULT_ENGINE,
        help="that translates them, %(default)s")  # fmt: skip
    add("--weights", choices=("float16", "float32"), default="float16",
        help="of the model written, %(default)s")  # fmt: skip
    add("--may-lose", type=float, default=1.0, metavar="CHRF",
        help="on the general pairs, %(default)s")  # fmt: skip
    add("--keep-anyway", action="store_true", help="also a result that is worse")


def run(options: argparse.Namespace) -> int:
    """Train what the command line names."""
    settle_for_training()
    job = _job(options)
    watch = Watch(quiet=options.quiet)
    try:
        with interruptible() as stopped, watch:
            outcome = train(job, report=watch.report, stop=stopped.asked)
    except StoppedError as stop:
        print(
            f"satzpaar train: {stop}; the same command goes on from there",
            file=sys.stderr,
        )
        return INTERRUPTED
    return _tell(outcome, options)


def _job(options: argparse.Namespace) -> Job:
    start = _start(options)
    scratch = isinstance(start, Scratch)
    given = [options.epochs, options.minutes, options.tokens]
    if scratch and given == [None] * 3:
        raise UsageError("--from-scratch needs a budget: --minutes, --tokens, --epochs")
    if given == [None] * 3:
        options.epochs = FINE_TUNING_EPOCHS
    form = Format(
        start.source_language or "de",
        start.target_language or "en",
        columns_of(options.columns),
    )
    general = valid = None
    general_share = 0.5
    if options.general:
        path, weights = parse_corpus(options.general)
        if len(weights) > 1:
            raise UsageError(f"--general {options.general}: one share is expected")
        general_share = weights[0] if weights else general_share
        general = open_corpus(path, form)
    if options.valid:
        valid = open_corpus(Path(options.valid), form)
    learning = SCRATCH_LEARNING if scratch else Learning()
    return Job(
        output=Path(options.output),
        data=open_corpora(options.data, form),
        start=start,
        budget=Budget(options.minutes, options.tokens, options.epochs),
        general=general,
        general_share=general_share,
        valid=valid,
        learning=_changed(
            learning,
            options,
            rate="learning_rate",
            warmup_steps="warmup",
            longest="max_tokens",
        ),
        cleaning=_changed(
            Cleaning(),
            options,
            longest="max_characters",
            ratio="max_ratio",
            numbers="check_numbers",
            copies="keep_copies",
            duplicates="keep_duplicates",
        ),
        conduct=_changed(Conduct(), options, save_minutes="save_every"),
        guidance=_guidance(options),
        encoder_layers=None if scratch else options.encoder_layers,
        width=None if scratch else options.width,
        feed_forward=None if scratch else options.feed_forward,
        vocabulary=None
        if scratch or options.vocabulary is None
        else _vocabulary(options, options.vocabulary),
        part_words=options.part_words,
        weights=options.weights,
        may_lose=options.may_lose,
        keep_anyway=options.keep_anyway,
    )


def _guidance(options: argparse.Namespace) -> Guidance | None:
    if options.guided_alignment is None:
        if options.guided_pairs is not None:
            raise UsageError("--guided-pairs goes with --guided-alignment")
        return None
    pairs = options.guided_pairs
    most = Guidance().pairs if pairs is None else pairs
    return Guidance(options.guided_alignment, most)


def _guidance_weight(argument: str) -> float:
    try:
        return float(argument)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a weight of {argument!r}; a number is expected, or DATA before the option"
        ) from None


def _start(options: argparse.Namespace) -> Model | Scratch:
    if not options.from_scratch:
        for name in ("decoder_layers", "heads"):
            if getattr(options, name) is not None:
                flag = name.replace("_", "-")
                raise UsageError(f"--{flag} goes with --from-scratch")
        for name in ("no_byte_fallback", "no_split_digits"):
            if getattr(options, name) and options.vocabulary is None:
                flag = name.replace("_", "-")
                raise UsageError(f"--{flag} goes with --from-scratch or --vocabulary")
        if options.languages:
            raise UsageError(
                "--languages goes with --from-scratch; a model has its own"
            )
        return find_model(
            options.model or "bundled",
            offline=options.offline,
            allow_pickle=options.allow_pickle,
        )
    if options.model is not None:
        raise UsageError("--from-scratch and --model exclude each other")
    source, target = _languages(options.languages or "de-en")
    return Scratch(
        _changed(Architecture(), options),
        _vocabulary(
            options,
            Vocabulary().size if options.vocabulary is None else options.vocabulary,
        ),
        source,
        target,
    )


def _vocabulary(options: argparse.Namespace, size: int) -> Vocabulary:
    return Vocabulary(
        size=size,
        byte_fallback=not options.no_byte_fallback,
        split_digits=not options.no_split_digits,
    )


def _languages(argument: str) -> tuple[str, str]:
    found = re.fullmatch("([a-z]{2,3})-([a-z]{2,3})", argument)
    if not found:
        raise UsageError(f"--languages {argument}: two are expected, such as de-en")
    return found[1], found[2]


def _changed(settings: Any, options: argparse.Namespace, **names: str) -> Any:
    """Copy settings, with what the command line gives; *names* where they differ."""
    values = {}
    for field in fields(settings):
        value = getattr(options, names.get(field.name, field.name), None)
        values[field.name] = getattr(settings, field.name) if value is None else value
    return type(settings)(**values)


def _tell(outcome: Outcome, options: argparse.Namespace) -> int:
    work = f"{outcome.work} ({outcome.work_size / MEGABYTE:.0f} MB)"
    if not outcome.accepted:
        print(
            f"satzpaar train: {outcome.complaint}; not written to {options.output} but "
            f"kept as {outcome.folder}; --keep-anyway takes it",
            file=sys.stderr,
        )
        return 1
    if outcome.complaint:
        print(f"satzpaar train: {outcome.complaint}; kept anyway", file=sys.stderr)
    if not options.quiet:
        print(
            f"satzpaar: {outcome.folder} is ready for --model; {work} lets the "
            "training go on with a larger budget, or can be deleted",
            file=sys.stderr,
        )
    return 0
