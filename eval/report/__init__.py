"""One file that shows which system is better, how sure that is, and where it fails."""

from satzpaar.eval.report.data import (
    Comparison,
    ErrorClass,
    Figure,
    HistoryPoint,
    Measure,
    ReportData,
    ReportSegment,
    Section,
    SystemReport,
    Trait,
    without_texts,
)
from satzpaar.eval.report.page import report_page, write_report
from satzpaar.eval.report.tables import write_tables

__all__ = [
    "Comparison",
    "ErrorClass",
    "Figure",
    "HistoryPoint",
    "Measure",
    "ReportData",
    "ReportSegment",
    "Section",
    "SystemReport",
    "Trait",
    "report_page",
    "without_texts",
    "write_report",
    "write_tables",
]
