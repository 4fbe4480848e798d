"""Where translations go wrong: error classes, buckets of scores, n-grams."""

from satzpaar.eval.analysis.analysis import Analysis, SegmentRow, analyze
from satzpaar.eval.analysis.buckets import ScoreBucket
from satzpaar.eval.analysis.errors import ClassRate, SystemErrors, find_errors
from satzpaar.eval.analysis.frequency import WordBucket, count_words
from satzpaar.eval.analysis.ngram_differences import NgramDifference
from satzpaar.eval.analysis.traits import TraitBucket

__all__ = [
    "Analysis",
    "ClassRate",
    "NgramDifference",
    "ScoreBucket",
    "SegmentRow",
    "SystemErrors",
    "TraitBucket",
    "WordBucket",
    "analyze",
    "count_words",
    "find_errors",
]
