"""Words of the source behind a mark are cut as they are behind a space."""

from __future__ import annotations

import dataclasses
import io
import itertools
import re
import unicodedata
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import sentencepiece
import transformers

from satzpaar.translate.engine import DecodingOptions
from satzpaar.translate.engines import ENGINES, load_engine
from satzpaar.translate.errors import ModelError, UsageError
from satzpaar.translate.models import find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training import (
    Architecture,
    Budget,
    Conduct,
    Corpus,
    Job,
    Learning,
    Scratch,
    StoppedError,
    Vocabulary,
    train,
)
from satzpaar.translate.training.parting import (
    MARKS,
    part_source,
    part_text,
    words_parted,
)
from satzpaar.translate.training.pieces import _old_ids
from satzpaar.translate.training.vocabulary import cut_anew, train_vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

    from satzpaar.translate.models import Model
    from satzpaar.translate.training import Outcome

Pairs = list[tuple[str, str]]

MARKED = (
    '"Gestern", sagte die Ärztin ("sehr ruhig"), "war die Ex-Freundin da."',
    "„Über den Hund“ – ‚Österreich‘, »Ende« und/oder die [Anlage]",
    "deutsch-polnische Schul- und Hofkatze, 11-jährig –und weg",
)


def pieces_of(normalization: str) -> bytes:
    """Make a SentencePiece model of a few words of ours."""
    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([part_text(text) for text in MARKED] * 9),
        model_writer=written,
        vocab_size=120,
        hard_vocab_limit=False,
        normalization_rule_name=normalization,
        minloglevel=2,
    )
    return written.getvalue()


def parted(plain: bytes, folder: Path) -> bytes:
    """Add the rules to a SentencePiece model."""
    path = folder / "source.spm"
    path.write_bytes(plain)
    part_source(folder)
    return path.read_bytes()


@pytest.fixture(scope="module")
def cutters(
    tmp_path_factory: pytest.TempPathFactory,
) -> list[sentencepiece.SentencePieceProcessor]:
    """Return pieces of the source: as they are, and parted."""
    plain = pieces_of("nmt_nfkc")
    return [
        sentencepiece.SentencePieceProcessor(model_proto=model)
        for model in (plain, parted(plain, tmp_path_factory.mktemp("pieces")))
    ]


@pytest.mark.parametrize("text", MARKED)
def test_a_word_behind_a_mark_is_cut_as_behind_a_space(
    cutters: list[sentencepiece.SentencePieceProcessor], text: str
) -> None:
    """And nothing else is cut otherwise."""
    plain, parted = cutters

    assert parted.encode(text) == plain.encode(part_text(text))
    assert parted.encode(text) != plain.encode(text)


@pytest.mark.parametrize("mark", MARKS)
def test_every_mark_parts(
    cutters: list[sentencepiece.SentencePieceProcessor], mark: str
) -> None:
    """The word has the pieces that it has alone."""
    _, parted = cutters
    word = parted.encode("Hund", out_type=str)

    assert parted.encode(f"ja {mark}Hund", out_type=str)[-len(word) :] == word


@pytest.mark.parametrize(
    "text",
    [
        "geht's O'Brien 2016-17 3:1 (47) -5 Grad, z.B. 3,5 %",
        "Der Hund - ein Tier - und \"\" () sah ein 'Haus' ...",
    ],
)
def test_what_is_no_mark_before_a_word_stays(
    cutters: list[sentencepiece.SentencePieceProcessor], text: str
) -> None:
    """Apostrophes, numbers, and marks with a space behind them."""
    plain, parted = cutters

    assert part_text(text) == text
    assert parted.encode(text) == plain.encode(text)


@pytest.mark.parametrize(
    "text", ["\ufb01n", "a\u00a0b", "U\u0308ber", "e\u0301t\u00e9"]
)
def test_the_rules_that_there_were_hold(
    cutters: list[sentencepiece.SentencePieceProcessor], text: str
) -> None:
    """Compatibility characters and accents apart are normalised as before."""
    plain, parted = cutters

    assert parted.normalize(text) == plain.normalize(text)
    assert parted.normalize(f"({text}") == plain.normalize(part_text(f"({text}"))


def test_an_accent_may_stand_apart(
    cutters: list[sentencepiece.SentencePieceProcessor],
) -> None:
    """As in text that comes from a Mac's file names."""
    _, parted = cutters
    composed = '"Ärzte" (Überblick), Ex-Öllampe'

    assert parted.encode(unicodedata.normalize("NFD", composed)) == parted.encode(
        composed
    )


def test_rules_are_added_once(tmp_path: Path) -> None:
    """A model that has them stays as it is, to the byte."""
    once = parted(pieces_of("nmt_nfkc"), tmp_path)

    assert parted(once, tmp_path) == once


def test_a_model_that_normalises_nothing_gets_rules(tmp_path: Path) -> None:
    """There is such a model."""
    plain = pieces_of("identity")
    before, after = (
        sentencepiece.SentencePieceProcessor(model_proto=model)
        for model in (plain, parted(plain, tmp_path))
    )

    assert after.encode(MARKED[0]) == before.encode(part_text(MARKED[0]))
    assert after.encode("\ufb01n") == before.encode("\ufb01n")


@pytest.mark.parametrize(
    "content", [b"", b"version https://git-lfs.github.com/spec/v1"]
)
def test_what_is_no_model_is_named(tiny_copy: Path, content: bytes) -> None:
    """Before anything is trained on it."""
    (tiny_copy / "source.spm").write_bytes(content)

    with pytest.raises(ModelError, match=r"source\.spm: not a SentencePiece model"):
        words_parted(find_model(str(tiny_copy)))


def learn(
    start: Model | Scratch,
    pairs: Pairs,
    folder: Path,
    *,
    stop: Callable[[], bool] = lambda: False,
    **changes: object,
) -> Outcome:
    job = Job(
        output=folder,
        data=[Corpus("memory", pairs, "fingerprint")],
        start=start,
        budget=Budget(tokens=3000),
        learning=Learning(
            rate=2e-3, batch_tokens=512, micro_tokens=256, longest=64, dropout=0.1
        ),
        conduct=Conduct(validations=1, score_sentences=5, precision="float32"),
        part_words=True,
        keep_anyway=True,
    )
    job = dataclasses.replace(job, **changes)  # type: ignore[arg-type]
    return train(job, stop=stop)


@pytest.fixture(scope="module")
def parted_model(
    tiny_folder: Path,
    new_pairs: Pairs,
    tmp_path_factory: pytest.TempPathFactory,
) -> Model:
    """Train the tiny model a little on, its words parted."""
    folder = tmp_path_factory.mktemp("parted") / "model"
    outcome = learn(find_model(str(tiny_folder)), new_pairs, folder)
    return find_model(str(outcome.folder))


def test_a_model_learns_on_with_its_words_parted(
    parted_model: Model, tiny_model: Model
) -> None:
    """The source's file alone is another; the vocabulary is the same."""
    assert words_parted(parted_model)
    assert not words_parted(tiny_model)
    for name in ("target.spm", "vocab.json"):
        assert (parted_model.folder / name).read_bytes() == (
            tiny_model.folder / name
        ).read_bytes()


def test_the_library_of_the_model_cuts_in_this_way_too(parted_model: Model) -> None:
    """The rules are in the model's file, so nobody needs this package for them."""
    theirs = transformers.MarianTokenizer.from_pretrained(parted_model.folder)
    ours = MarianTokenizer(parted_model)

    for text in MARKED:
        ids = ours.ids(ours.tokenize([text])[0])
        assert theirs(text).input_ids == [*ids, ours.source_ids["</s>"]]


def test_both_engines_translate_it_alike(parted_model: Model) -> None:
    """As any other model."""
    said = []
    for name in ENGINES:
        engine = load_engine(name, parted_model, device="cpu", compute_type="float32")
        tokens = engine.tokenizer.tokenize(MARKED)
        found = engine.translate_batch(tokens, DecodingOptions(), max_target_tokens=30)
        said.append([each.text for each in found])
    assert said[0] == said[1]


@pytest.mark.parametrize("vocabulary", [None, Vocabulary(size=400)])
def test_what_was_parted_stays_parted(
    parted_model: Model,
    new_pairs: Pairs,
    tmp_path: Path,
    vocabulary: Vocabulary | None,
) -> None:
    """Without being asked for again, with a new vocabulary also."""
    outcome = learn(
        parted_model,
        new_pairs,
        tmp_path / "on",
        part_words=False,
        vocabulary=vocabulary,
    )

    assert words_parted(find_model(str(outcome.folder)))


def test_a_stopped_run_goes_on_parted(
    tiny_model: Model, new_pairs: Pairs, tmp_path: Path
) -> None:
    """The state knows how its tokens were cut; asked otherwise, it is another run."""
    checks = itertools.count()
    with pytest.raises(StoppedError):
        learn(tiny_model, new_pairs, tmp_path / "model", stop=lambda: next(checks) > 2)

    with pytest.raises(UsageError, match="parted words was true"):
        learn(tiny_model, new_pairs, tmp_path / "model", part_words=False)
    outcome = learn(tiny_model, new_pairs, tmp_path / "model")

    assert words_parted(find_model(str(outcome.folder)))


def test_a_new_model_may_have_it(new_pairs: Pairs, tmp_path: Path) -> None:
    """Its vocabulary is made of the words without the marks before them."""
    quoted = [(f'"{source}', f'"{target}') for source, target in new_pairs]
    outcome = learn(
        Scratch(
            Architecture(32, 1, 1, 64, 2),
            Vocabulary(size=300),
        ),
        quoted,
        tmp_path / "new",
    )

    made = find_model(str(outcome.folder))
    tokens = MarianTokenizer(made).tokenize([quoted[0][0]])[0]
    assert words_parted(made)
    assert "".join(tokens).startswith('▁"▁')
    whole = [token for token in MarianTokenizer(made).source_ids if '"' in token]
    assert not [token for token in whole if re.search('"[A-Z]', token)]


def test_pieces_of_a_new_vocabulary_begin_as_before(
    parted_model: Model, tiny_model: Model, new_pairs: Pairs, tmp_path: Path
) -> None:
    """Also those inside words, which are cut behind something that is no mark."""
    words = [Counter(" ".join(side).split()) for side in zip(*new_pairs, strict=True)]
    german, english = ({word: float(n) for word, n in each.items()} for each in words)
    new = cut_anew(tiny_model, tmp_path / "new")
    train_vocabulary((german, english), Vocabulary(size=400), new, seed=1)

    plain, parted = (
        _old_ids(MarianTokenizer(new), old.tokenize, old.source_ids)
        for old in map(MarianTokenizer, (tiny_model, parted_model))
    )

    assert parted == plain


def test_asking_again_changes_nothing(parted_model: Model, new_pairs: Pairs) -> None:
    """A run from a parted model goes on, whether it is asked for or not."""
    job = Job(
        output=Path("on"),
        data=[Corpus("memory", new_pairs, "fingerprint")],
        start=parted_model,
        budget=Budget(tokens=1),
    )

    asked = dataclasses.replace(job, part_words=True)

    assert asked.manifest() == job.manifest()
