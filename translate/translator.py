"""The library's front door: a model, an engine and the pipeline in one object."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from satzpaar.translate.document import Segment
from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import DEFAULT_ENGINE, load_engine
from satzpaar.translate.errors import InputError, UsageError
from satzpaar.translate.formats import ARCHIVES, READ_ALONE, Segmenter, reader, writer
from satzpaar.translate.memory import Memory
from satzpaar.translate.models import BUNDLED, Model, find_model
from satzpaar.translate.pipeline import (
    BATCH_TOKENS,
    translate_documents,
    translate_segments,
)
from satzpaar.translate.read_ahead import read_ahead
from satzpaar.translate.scoring import PairScore, score_pairs
from satzpaar.translate.segmentation import segment_spans
from satzpaar.translate.ways import looks_again_at

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from satzpaar.translate.document import Document
    from satzpaar.translate.engine import Engine
    from satzpaar.translate.glossary import Glossary
    from satzpaar.translate.translation import Translation

# A model that does not say its languages is taken for one of the pair we are for.
USUAL_SOURCE_LANGUAGE = "de"
USUAL_TARGET_LANGUAGE = "en"


class Translator:
    """Translates text, segments and documents with one engine.

    Made by `load_translator`. May be called from several threads; all share the
    engine's cores.

    Args:
        engine: What translates.
        options: How hypotheses are searched for.
        once: Look at no translation again; see ``translate_segments``.
        memory: Translations to take of segments that are in it.
        glossary: Terms that are to be said as it says.
        batch_tokens: Padded source tokens of a batch.
    """

    def __init__(
        self,
        engine: Engine,
        options: DecodingOptions | None = None,
        *,
        once: bool = False,
        memory: Memory | None = None,
        glossary: Glossary | None = None,
        batch_tokens: int = BATCH_TOKENS,
    ) -> None:
        self.engine = engine
        self.options = options or DecodingOptions()
        self.once = once
        self.memory = memory
        self.glossary = glossary
        self.batch_tokens = batch_tokens
        model = engine.model
        self.source_language = model.source_language or USUAL_SOURCE_LANGUAGE
        self.target_language = model.target_language or USUAL_TARGET_LANGUAGE

    def translate(self, text: str, *, format: str = "text") -> str:
        r"""Translate a whole text: paragraphs, white space and markup are kept.

        Args:
            text: A sentence, an article, a page.
            format: ``text``, ``markdown``, ``html`` or ``subtitles``.

        Raises:
            InputError: The text holds half a character (a lone surrogate).
            UsageError: The format is none of text.
        """
        if format in (*ARCHIVES, *READ_ALONE):
            raise UsageError(f"{format} is no text: read it from bytes, and write it")
        data = _encoded(text, "<text>")
        document = self.read(data, format=format, encoding="utf-8")
        return b"".join(
            self.write(document, self.translate_document(document))
        ).decode()

    def translate_segments(
        self, segments: Iterable[str | Segment]
    ) -> Iterator[Translation]:
        """Yield one translation per segment, in order, as early as it is there.

        Args:
            segments: Sentences, or whatever should be translated as one piece each.
                Their white space is tidied: runs of it become a space.

        Raises:
            UsageError: It is one text, whose letters would be translated one by one.
            InputError: A segment holds half a character. Some may have been yielded.
        """
        if isinstance(segments, str):
            raise UsageError(
                "one text; segments are expected, such as a list of sentences, or "
                "`translate`, which takes a text"
            )
        return translate_segments(
            _tidy(segments),
            self.engine,
            options=self.options,
            once=self.once,
            memory=self.memory,
            glossary=self.glossary,
            batch_tokens=self.batch_tokens,
        )

    def translate_document(self, document: Document) -> Iterator[Translation]:
        """Yield one translation per segment of *document*, in the order of the text."""
        return self.translate_documents([document])

    def translate_documents(
        self, documents: Iterable[Document]
    ) -> Iterator[Translation]:
        """Yield the translations of several documents, one after the other."""
        return translate_documents(
            documents,
            self.engine,
            options=self.options,
            once=self.once,
            memory=self.memory,
            glossary=self.glossary,
            batch_tokens=self.batch_tokens,
        )

    def score_pairs(
        self, pairs: Iterable[tuple[str, str]]
    ) -> Iterator[PairScore | None]:
        """Yield how probable the model finds each (source, translation), in order.

        None for a pair that is longer than the model takes.
        """
        return score_pairs(pairs, self.engine, batch_tokens=self.batch_tokens)

    def read(
        self,
        data: bytes,
        *,
        format: str = "text",
        encoding: str | None = None,
        place: Path | str = "<text>",
    ) -> Document:
        """Read the bytes of a file in the model's source language.

        Args:
            data: The whole file.
            format: ``text``, ``markdown``, ``html``, ``docx``, ``odt``, ``epub``,
                ``pdf`` or ``subtitles``.
            encoding: None: found out.
            place: What errors call the file.

        Raises:
            InputError: The bytes are not of this format or encoding.
        """
        return reader(format)(
            data,
            self.segmenter,
            place=place,
            encoding=encoding,
            language=self.source_language,
        )

    def write(
        self, document: Document, translations: Iterable[Translation]
    ) -> Iterator[bytes]:
        """Yield the bytes of the translated document, as early as they are known."""
        return writer(document.format)(
            document,
            (translation.target for translation in translations),
            target_language=self.target_language,
        )

    @property
    def segmenter(self) -> Segmenter:
        """What cuts a block's text into segments, by the model's source language."""
        return partial(segment_spans, language=self.source_language)


def _tidy(segments: Iterable[str | Segment]) -> Iterator[Segment]:
    for number, segment in enumerate(segments, start=1):
        if isinstance(segment, Segment):
            yield segment
        else:
            _encoded(segment, f"<segment {number}>")
            yield Segment(" ".join(segment.split()))


def _encoded(text: str, place: str) -> bytes:
    """Encode text.

    Raises:
        InputError: It holds half a character, which no engine takes.
    """
    try:
        return text.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            place, f"character {error.start + 1} is half of one (a surrogate)"
        ) from None


def _pairs(
    known: Mapping[str, str] | Iterable[tuple[str, str]],
) -> Iterable[tuple[str, str]]:
    return known.items() if isinstance(known, Mapping) else known


def load_translator(
    model: str | os.PathLike[str] | Model = BUNDLED,
    *,
    engine: str = DEFAULT_ENGINE,
    device: str = "auto",
    compute_type: str | None = None,
    threads: int | None = None,
    beam_size: int = 4,
    once: bool = False,
    memory: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    glossary: Mapping[str, str] | Iterable[tuple[str, str]] | None = None,
    batch_tokens: int = BATCH_TOKENS,
    offline: bool | None = None,
    allow_pickle: bool = False,
) -> Translator:
    """Find a model and load it.

    Args:
        model: ``bundled``, a folder with a Marian checkpoint, a hub id, or what
            ``find_model`` gave.
        engine: ``ctranslate2`` or ``transformers``.
        device: ``auto``, ``cpu`` or ``cuda``.
        compute_type: ``int8``, ``float32``, ``bfloat16`` …; None: the engine's best.
        threads: Cores to use; None: all that there are.
        beam_size: Hypotheses kept while searching; 1 is fastest, and implies *once*.
        once: Look at no translation again for wrong numbers, names and words and for
            what it leaves out: faster, and worse.
        memory: Segments with their translations, as pairs or as a dictionary, which
            are taken where a text has such a segment; of several with one source the
            first.
        glossary: Terms, each with what it is to be in the translation, in the same
            way; of several with one source the first. One that is the same on both
            sides is left as it is.
        batch_tokens: Padded source tokens of a batch.
        offline: Never ask the network for a model; None: as ``HF_HUB_OFFLINE`` says.
        allow_pickle: Also find weights that are not safetensors.

    Raises:
        ModelError: The model is not there, damaged, or not a Marian model.
        UsageError: There is no such engine, device or compute type.
    """
    if not isinstance(model, Model):
        model = find_model(model, offline=offline, allow_pickle=allow_pickle)
    options = DecodingOptions(beam_size=beam_size)
    if looks_again_at(model, options, once=once) and model.alignment_head is not None:
        read_ahead()
    loaded = load_engine(
        engine, model, device=device, compute_type=compute_type, threads=threads
    )
    terms = None
    if glossary is not None:
        from satzpaar.translate.glossary import Glossary  # most runs need none

        terms = Glossary(
            _pairs(glossary),
            declines=model.source_language in ("de", None),
            inflects=model.target_language in ("en", None),
        )
    return Translator(
        loaded,
        options,
        once=once,
        memory=None if memory is None else Memory(_pairs(memory)),
        glossary=terms,
        batch_tokens=batch_tokens,
    )
