"""Which metrics there are, by the names that users give them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from satzpaar.eval.bleu import Bleu
from satzpaar.eval.chrf import Chrf
from satzpaar.eval.ter import LONG_SEGMENT, Ter, has_long_segments
from satzpaar.translate.errors import SatzpaarError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from satzpaar.eval.metrics import Metric
    from satzpaar.eval.testset import TestSet

DEFAULT_METRICS: Final = ("bleu", "chrf", "chrf++")


def _bleu(options: Mapping[str, str]) -> Metric:
    tokenizer = options.get("tok", "13a")
    from sacrebleu.metrics.bleu import BLEU

    if tokenizer not in BLEU.TOKENIZERS:
        known = ", ".join(sorted(BLEU.TOKENIZERS))
        raise UsageError(f"BLEU: no tokenizer {tokenizer!r}; there are {known}")
    from urllib.error import URLError

    try:
        return Bleu(tokenizer=tokenizer, lowercase=options.get("case") == "lc")
    except (ImportError, OSError, RuntimeError) as error:
        # Some need a package, others a model that sacreBLEU fetches once.
        reason = " ".join(str(error).split())
        if isinstance(error, URLError):
            reason = f"its model is not at hand, nor can it be fetched: {error.reason}"
        raise SatzpaarError(f"BLEU: tokenizer {tokenizer!r}: {reason}") from None


def _chrf(options: Mapping[str, str]) -> Metric:
    return Chrf(lowercase=options.get("case") == "lc")


def _chrf_with_words(options: Mapping[str, str]) -> Metric:
    return Chrf(word_order=2, lowercase=options.get("case") == "lc")


def _ter(options: Mapping[str, str]) -> Metric:
    return Ter(
        case_sensitive=options.get("case") == "mixed",
        normalized=options.get("norm") == "yes",
        punctuation=options.get("punct") != "no",
    )


METRICS: Final[dict[str, Callable[[Mapping[str, str]], Metric]]] = {
    "bleu": _bleu,
    "chrf": _chrf,
    "chrf++": _chrf_with_words,
    "ter": _ter,
}
# What may follow a metric's name, as its signature says it; () is any value.
OPTIONS: Final[dict[str, dict[str, tuple[str, ...]]]] = {
    "bleu": {"case": ("mixed", "lc"), "tok": ()},
    "chrf": {"case": ("mixed", "lc")},
    "chrf++": {"case": ("mixed", "lc")},
    "ter": {"case": ("lc", "mixed"), "norm": ("no", "yes"), "punct": ("yes", "no")},
}
ALIASES: Final = {"chrf2": "chrf", "chrf2++": "chrf++"}


def make_metric(specification: str) -> Metric:
    """Make a metric from its name and options: ``bleu``, ``bleu:tok:intl|case:lc``.

    Options are written as signatures have them. A name that is none of ours is an
    installed neural metric; ``worker:COMMAND`` is a worker of the user's own.

    Raises:
        UsageError: No metric has that name, or it has no such option.
        MetricError: It is a neural metric that is not installed.
    """
    name, _, rest = specification.strip().partition(":")
    name = name.lower()
    name = ALIASES.get(name, name)
    if name == "worker":
        from satzpaar.eval.workers import worker_metric

        return worker_metric(rest)
    if name not in METRICS:
        from satzpaar.eval.install import RECIPES, installed, installed_names

        if rest and name in {*RECIPES, *installed_names()}:
            raise UsageError(
                f"{specification}: {name} takes no options; `satzpaar eval "
                f"install-metric {name} --model ID` chooses its model"
            )
        return installed(name)
    options: dict[str, str] = {}
    for part in filter(None, rest.split("|")):
        key, _, value = part.partition(":")
        values = OPTIONS[name].get(key)
        if values is None or not value or (values and value not in values):
            known = "; ".join(
                f"{key}:{'/'.join(values) or '…'}"
                for key, values in OPTIONS[name].items()
            )
            raise UsageError(f"{specification}: no option {part!r}; there are {known}")
        options[key] = value
    return METRICS[name](options)


def make_metrics(specifications: Sequence[str | Metric]) -> list[Metric]:
    """Make several metrics; what is one already stays as it is."""
    return [
        make_metric(each) if isinstance(each, str) else each for each in specifications
    ]


def metrics_for(testset: TestSet) -> tuple[list[Metric], list[str]]:
    """Choose the metrics where the user names none: TER only where it is quick.

    Returns:
        The metrics, and what is to be said of the choice.
    """
    long = has_long_segments(testset)
    if not long:
        return make_metrics([*DEFAULT_METRICS, "ter"]), []
    have = "segment has" if long == 1 else "segments have"
    return make_metrics(DEFAULT_METRICS), [
        (
            f"TER is left out: {long} {have} over {LONG_SEGMENT} words, where it takes "
            "minutes (--metrics bleu,chrf,ter computes it all the same)"
        )
    ]
