"""The tokenizer, against transformers' own and against Moses' rules."""

from __future__ import annotations

import dataclasses
import json
import warnings
from typing import TYPE_CHECKING, Any

import pytest

from satzpaar.translate.errors import ModelError
from satzpaar.translate.models import find_model
from satzpaar.translate.tokenizer import MarianTokenizer, normalize_punctuation

if TYPE_CHECKING:
    from pathlib import Path

    from satzpaar.translate.models import Model

NASTY = [
    "",
    " ",
    "   zwei  Leerzeichen   ",
    "Das ist ein Haus.",
    "Straße, Öl, Übermut, Äpfel: 6.500 km² für 3,5 % – „sehr“ gut …",
    "Ein\u00a0geschütztes\u202fLeerzeichen und ein weiches Trenn\u00adzeichen",
    "𝔉𝔯𝔞𝔨𝔱𝔲𝔯 und 漢字, العربية, हिन्दी",
    "Emoji 😀👩‍👩‍👧 🇩🇪",
    "zusammengesetzt: u\u0308 a\u030a",
    "\ttab\x01\x02\x7fSteuer\x00zeichen\u200b\ufeff",
    "Zeile\u2028trennt\u2029hier",
    "https://example.org/a?b=c&d=%20 und name@example.org #Hashtag @name",
    "▁ist ein Zeichen▁von SentencePiece",
    "<0x41> ist kein Byte",
    "x" * 3000,
    "Wort " * 1000,
    "a > b << c >> d",
    "\ud7ff\ue000\ufffd",
]


@pytest.fixture(params=["tiny", "bundled"])
def model(request: pytest.FixtureRequest, tiny_model: Model) -> Model:
    """Give the tiny checkpoint, then the bundled one."""
    return tiny_model if request.param == "tiny" else find_model()


def reference(model: Model) -> Any:
    """Load transformers' tokenizer of the same checkpoint."""
    import transformers

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it recommends sacremoses
        return transformers.MarianTokenizer.from_pretrained(model.folder)


class TestAgainstTransformers:
    def test_same_ids(self, model: Model) -> None:
        """The model sees exactly what it would see in transformers."""
        ours, theirs = MarianTokenizer(model), reference(model)

        found = [ours.ids(tokens) for tokens in ours.tokenize(NASTY)]

        expected = [theirs(text, add_special_tokens=False).input_ids for text in NASTY]
        assert found == expected

    def test_same_text(self, model: Model) -> None:
        """Ids come back as the same text, special tokens left out."""
        ours, theirs = MarianTokenizer(model), reference(model)
        rows = [ours.ids(tokens) for tokens in ours.tokenize(NASTY)]
        rows += [list(range(len(ours.target_ids))), [0], [], [1, 0]]

        found = [ours.detokenize(ours.target_tokens(row)) for row in rows]

        assert found == [theirs.decode(row, skip_special_tokens=True) for row in rows]

    def test_a_known_language_code_is_one_token(self, tiny_copy: Path) -> None:
        """Models of several target languages are told which one by the text."""
        path = tiny_copy / "vocab.json"
        vocabulary = json.loads(path.read_bytes())
        vocabulary[">>eng<<"] = vocabulary.pop("<pad>")
        vocabulary["<pad>"] = len(vocabulary)
        path.write_text(json.dumps(vocabulary), encoding="utf-8")
        (config := tiny_copy / "config.json").write_text(
            config.read_text().replace("96", "97").replace("95", "96")
        )
        described = dataclasses.replace(find_model(), folder=tiny_copy)
        ours, theirs = MarianTokenizer(described), reference(described)
        texts = [">>eng<< Das ist ein Haus.", ">>eng<<Nein", ">>eng<<"]

        found = ours.tokenize(texts)

        assert [tokens[0] for tokens in found] == [">>eng<<"] * 3
        assert [ours.ids(tokens) for tokens in found] == [
            theirs(text, add_special_tokens=False).input_ids for text in texts
        ]


class TestRunningText:
    """Where we differ from transformers, which would lose text."""

    def test_an_unknown_language_code_is_text(self, model: Model) -> None:
        """>>Nein<<, a common way to quote, is no single unknown token."""
        tokens = MarianTokenizer(model).tokenize([">>Nein<< sagte er."])[0]

        assert len(tokens) > 5
        assert ">>Nein<<" not in tokens

    @pytest.mark.parametrize("special", ["</s>", "<unk>", "<pad>"])
    def test_special_tokens_are_text(self, model: Model, special: str) -> None:
        """An article on markup does not end its sentence with </s>."""
        tokens = MarianTokenizer(model).tokenize([f"Das {special} endet hier."])[0]

        assert special not in tokens


class TestVocabulary:
    def test_unknown_pieces_stay_pieces(self, tiny_model: Model) -> None:
        """Their text is kept although the model sees <unk>."""
        tokenizer = MarianTokenizer(tiny_model)
        tokens = tokenizer.tokenize(["Ж"])[0]

        assert "Ж" in "".join(tokens)
        assert tokenizer.source_ids["<unk>"] in tokenizer.ids(tokens)

    def test_a_separate_target_vocabulary(self, tiny_copy: Path) -> None:
        """Ids of the target are looked up in ``target_vocab.json``."""
        vocabulary = json.loads((tiny_copy / "vocab.json").read_bytes())
        turned = dict(zip(reversed(vocabulary), vocabulary.values(), strict=True))
        (tiny_copy / "target_vocab.json").write_text(json.dumps(turned))
        settings = json.loads((tiny_copy / "tokenizer_config.json").read_bytes())
        settings["separate_vocabs"] = True
        (tiny_copy / "tokenizer_config.json").write_text(json.dumps(settings))

        tokenizer = MarianTokenizer(find_model(str(tiny_copy)))

        assert tokenizer.ids(["▁"]) == [vocabulary["▁"]]
        assert tokenizer.target_tokens([turned["▁"]]) == ["▁"]

    @pytest.mark.parametrize(
        ("name", "content", "complaint"),
        [
            pytest.param("vocab.json", "[]", "a JSON object", id="no object"),
            pytest.param("vocab.json", "{", "not JSON", id="no JSON"),
            pytest.param("vocab.json", '{"<unk>": 1}', "</s> is missing", id="no end"),
            pytest.param(
                "vocab.json", '{"</s>": 0, "<unk>": 2}', "must be 0 to 1", id="gap"
            ),
            pytest.param(
                "vocab.json", '{"</s>": 0, "<unk>": "1"}', "must be", id="no number"
            ),
            pytest.param("source.spm", "text", "not a SentencePiece", id="foreign"),
            pytest.param("target.spm", "", "not a SentencePiece", id="empty"),
        ],
    )
    def test_refuses_damaged_files(
        self, tiny_copy: Path, name: str, content: str, complaint: str
    ) -> None:
        """One line names the file and what was expected."""
        model = find_model(str(tiny_copy))
        (tiny_copy / name).write_text(content)

        with pytest.raises(ModelError, match=complaint) as raised:
            MarianTokenizer(model)

        assert str(tiny_copy / name) in str(raised.value)
        assert "\n" not in str(raised.value)


class TestNormalizePunctuation:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("„Nein“, sagte er.", '"Nein", sagte er.'),
            ("»Nein«, sagte er.", '"Nein", sagte er.'),
            ("‚Nein‘", "'Nein'"),
            ("„Ja,“ sagte sie.", '"Ja", sagte sie.'),
            ("„Ja.“ Dann ging sie.", '"Ja". Dann ging sie.'),
            ("„Ja.“", '"Ja."'),
            ("Wie geht’s?", "Wie geht's?"),
            ("2010–2012 — und mehr …", "2010-2012 - und mehr ..."),
            ("( so ) , sagte er :", "(so), sagte er:"),
            ("3 %, 3\u00a0%, 10\u00a0000", "3%, 3%, 10,000"),
            ("``so''", '" so "'),
            ("  zu   viel\r", "zu viel"),
            ("«\u00a0Non\u00a0»", '"Non"'),
            ("", ""),
        ],
    )
    def test_rules(self, text: str, expected: str) -> None:
        """German as Moses' normalize-punctuation.perl leaves it."""
        assert normalize_punctuation(text) == expected

    def test_only_for_models_trained_on_it(self, tiny_model: Model) -> None:
        """An OPUS-MT model gets normal quotes, others the text as it is."""
        opus = dataclasses.replace(tiny_model, normalization="moses")
        plain = MarianTokenizer(tiny_model).tokenize(["„Haus“"])

        normalised = MarianTokenizer(opus).tokenize(["„Haus“"])

        assert "".join(plain[0]) == "▁„Haus“"
        assert "".join(normalised[0]) == '▁"Haus"'
