"""`satzpaar translate`: files, folders and streams, German in and English out."""

from __future__ import annotations

import re
import sys
from collections import deque
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

from satzpaar.cli.doubts import ALL, checks_of
from satzpaar.cli.jobs import check_output, jobs_of, left_out
from satzpaar.cli.known_pairs import GLOSSARY_HELP, glossary_pairs, known_pairs
from satzpaar.cli.model_arguments import add_model_arguments
from satzpaar.cli.translation_run import TranslationRun
from satzpaar.translate import load_translator
from satzpaar.translate.engines import DEFAULT_ENGINE, ENGINES
from satzpaar.translate.errors import UsageError
from satzpaar.translate.files import check_distinct, decode
from satzpaar.translate.formats import READERS
from satzpaar.translate.models import find_model

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from satzpaar.cli.jobs import Job

EPILOG = """\
examples:
  satzpaar translate artikel.txt                      to the terminal
  satzpaar translate artikel.md -o article.md         to a file
  satzpaar translate site/ --output-dir english/      a folder, in one run
  satzpaar translate artikel.md -o article.md --tmx pair.tmx    the pairs as well
  satzpaar translate artikel.txt -o article.txt --check numbers,names    what to look at
  satzpaar translate artikel.txt --memory ours.tmx    what ours.tmx has, as it has it
  satzpaar translate artikel.txt --glossary terms.tsv    each term as terms.tsv has it
  curl -s https://example.de/ | satzpaar translate - --format html

exit status: 0 done; 1 a file, the model or the disk is at fault; 2 wrong usage; 130
interrupted
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the command line."""
    parser.description = "Translate articles; format and paragraphs stay as they are."
    parser.epilog = EPILOG
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="files, folders, patterns; - or nothing reads standard input",
    )
    where = parser.add_mutually_exclusive_group()
    where.add_argument("-o", "--output", metavar="FILE", help="default: - (stdout)")
    where.add_argument(
        "--output-dir", metavar="DIR", help="for several files: artikel.en.txt in DIR"
    )
    parser.add_argument(
        "--skip-existing",
        action="store_true",
        help="with --output-dir: leave out what is translated already, as a run that "
        "was broken off has left it",
    )
    parser.add_argument(
        "--format",
        choices=sorted(READERS),
        help="default: by the file's suffix; text for standard input",
    )
    parser.add_argument(
        "--encoding", metavar="NAME", help="of the input; default: found out"
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no progress bar, no summary"
    )
    parser.add_argument(
        "--check",
        nargs="?",
        const=ALL,
        metavar="KINDS",
        help="name likely errors on stderr, with their lines: numbers,names; all kinds "
        "if none are said, after FILE",
    )
    pairs = parser.add_argument_group("pairs")
    pairs.add_argument(
        "--tmx", metavar="FILE", help="also write each segment with its translation"
    )
    pairs.add_argument(
        "--source-language", metavar="TAG", help="in the TMX, such as de-AT"
    )
    pairs.add_argument(
        "--target-language", metavar="TAG", help="in the TMX, such as en-GB"
    )
    pairs.add_argument(
        "--no-cache",
        action="store_true",
        help="do not remember the translation for `satzpaar align`",
    )
    parser.add_argument(
        "--memory",
        action="append",
        metavar="FILE",
        help="a TMX or another bitext: a segment that is in it is translated as there; "
        "may be given again, the first that has a segment counts",
    )
    parser.add_argument(
        "--glossary",
        action="append",
        metavar="FILE",
        help=GLOSSARY_HELP.format("each term is translated so, in whatever form"),
    )
    model = parser.add_argument_group("model")
    add_model_arguments(model)
    model.add_argument(
        "--engine",
        choices=sorted(ENGINES),
        default=DEFAULT_ENGINE,
        help="default: %(default)s",
    )
    model.add_argument(
        "--beam",
        type=int,
        default=4,
        metavar="N",
        help="beam size; default: %(default)s",
    )
    model.add_argument(
        "--once",
        action="store_true",
        help="take no second look at wrong numbers, names and words and what is left "
        "out: faster, and worse",
    )
    model.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="default: %(default)s",
    )
    model.add_argument(
        "--compute-type",
        metavar="TYPE",
        help="int8, float32, bfloat16 …; default: the engine's best on this device",
    )
    model.add_argument(
        "--threads", type=int, metavar="N", help="cores to use; default: all"
    )


def run(options: argparse.Namespace) -> int:
    """Translate what the command line names."""
    if options.beam < 1:
        raise UsageError(f"--beam {options.beam}: at least 1 is expected")
    decode(b"", encoding=options.encoding)  # refuses an unknown one before all else
    model = find_model(
        options.model, offline=options.offline, allow_pickle=options.allow_pickle
    )
    checks = checks_of(options.check, model)
    jobs = jobs_of(options, model)
    tmx = _tmx(options, jobs)
    written = [tmx, *(job.output for job in jobs)]
    read = [*(options.memory or []), *(options.glossary or [])]
    for known, output in product(read, filter(None, written)):
        check_distinct(known, output)
    if options.output_dir is not None and not options.quiet:
        for line in left_out(options.files):
            print(f"satzpaar: {line}", file=sys.stderr)
    if not jobs:
        if not options.quiet:
            print("satzpaar: nothing left to translate", file=sys.stderr)
        return 0
    languages = model.source_language, model.target_language
    translator = load_translator(
        model,
        engine=options.engine,
        device=options.device,
        compute_type=options.compute_type,
        threads=options.threads,
        beam_size=options.beam,
        once=options.once,
        memory=known_pairs(options.memory, *languages),
        glossary=glossary_pairs(options.glossary, *languages),
    )
    command = TranslationRun(translator, options, checks)
    pairs = None
    if tmx is not None:
        from satzpaar.cli.pairs import PairsFile  # most runs need none of this

        pairs = PairsFile(tmx, translator, options)
    try:
        with command.progress:
            done = command.translate(jobs)
            if pairs is None:
                deque(done, maxlen=0)
            else:
                pairs.write(done)
    except KeyboardInterrupt:
        if options.output_dir is not None:
            print(command.interrupted(jobs), file=sys.stderr)
        raise
    if found := command.doubts.summary():
        print(found, file=sys.stderr)
    if not options.quiet:
        print(command.summary(), file=sys.stderr)
        if pairs is not None:
            print(pairs.summary(), file=sys.stderr)
    return 1 if command.failed else 0


def _tmx(options: argparse.Namespace, jobs: Sequence[Job]) -> Path | None:
    if options.tmx is None:
        if options.source_language or options.target_language:
            raise UsageError("--source-language and --target-language go with --tmx")
        return None
    if options.skip_existing:
        raise UsageError("--tmx would lack what --skip-existing leaves out")
    tmx = Path(options.tmx)
    check_output(tmx, [job.source for job in jobs if job.source])
    outputs = [job.output.resolve() for job in jobs if job.output]
    if tmx.resolve() in outputs:
        raise UsageError(f"{tmx}: the pairs and the translation would be one file")
    if not re.search(r"\.tmx(?:\.\w+)?\Z", tmx.name, re.IGNORECASE):
        raise UsageError(
            f"{tmx}: a name that ends in .tmx is expected; `satzpaar convert` makes "
            "other formats of it"
        )
    return tmx
