"""Text in, text out: documents, segmentation, engines and the pipeline.

>>> from satzpaar.translate import load_translator
>>> translator = load_translator()  # doctest: +SKIP
>>> translator.translate("Der Mann kaufte gestern ein neues Auto.")  # doctest: +SKIP
'The man bought a new car yesterday.'
"""

from satzpaar.translate.document import Block, Document, Mark, Segment
from satzpaar.translate.engine import DecodingOptions, Engine, Hypothesis
from satzpaar.translate.errors import InputError, ModelError, SatzpaarError, UsageError
from satzpaar.translate.translation import Translation
from satzpaar.translate.translator import Translator, load_translator

__all__ = [
    "Block",
    "DecodingOptions",
    "Document",
    "Engine",
    "Hypothesis",
    "InputError",
    "Mark",
    "ModelError",
    "SatzpaarError",
    "Segment",
    "Translation",
    "Translator",
    "UsageError",
    "load_translator",
]
