"""Paragraphs to sentences, with every character accounted for.

>>> text = "Am 3. Oktober kam Dr. Weiß z. B. nach Köln. Danach fuhr er heim."
>>> [text[start:end] for start, end in segment_spans(text)]
['Am 3. Oktober kam Dr. Weiß z. B. nach Köln.', 'Danach fuhr er heim.']
"""

from satzpaar.translate.segmentation.segmenter import segment_spans

__all__ = ["segment_spans"]
