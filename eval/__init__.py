"""Hypotheses and references in, scores and reports out."""
