"""Idioms in plain German: where one is found, and what is put in its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from satzpaar.translate import plain_german as module
from satzpaar.translate.casing import Casing
from satzpaar.translate.document import Mark, Segment
from satzpaar.translate.glossary import Glossary
from satzpaar.translate.idioms import Idiom
from satzpaar.translate.memory import Memory
from satzpaar.translate.pipeline import translate_segments
from satzpaar.translate.plain_german import (
    PlainGerman,
    in_plain_german,
    with_edits,
)
from satzpaar.translate.translator import load_translator
from tests.doubles import EchoEngine

LISTED = {
    "auf die lange Bank schieben": "auf|schieben",
    "ein Machtwort sprechen": "sich durch|setzen",
    "sich ein Bild von der Lage machen": "sich die Lage an|sehen",
    "sich in die Haare geraten": "streiten",
    "~ Hut nehmen": "zurück|treten",
    "~ Frieden machen": "~ Ruhe finden",
    "auf die Füße fallen": "schaden",
    "ein Auge zu|drücken": "nachsichtig sein",
    "den Löffel ab|geben": "sterben",
    "auf dem Zahnfleisch gehen": "völlig erschöpft sein",
    "an den Nagel hängen": "auf|geben",
    "die Daumenschrauben an|ziehen": "den Druck erhöhen",
    "an einem Strang ziehen": "zusammen|arbeiten",
    "ab|blitzen lassen": "ab|weisen",
    "ab|würgen": "bremsen",
    "Schule machen": "nachgeahmt werden",
    "auf den Prüfstand kommen": "überprüft werden",
    "ins Hintertreffen geraten": "schwächer werden",
    "verpuffen": "wirkungslos bleiben",
    "vergraulen": "vertreiben",
    "sich aus dem Staub machen": "verschwinden",
    "im Keim ersticken": "sofort stoppen",
    "offene Türen ein|rennen": "auf Zustimmung stoßen",
    "ein|trudeln": "nach und nach kommen",
    "ins Kraut schießen": "sich stark verbreiten",
    "aus|rasten": "die Beherrschung verlieren",
    "=mit Ansage": "=wie zu erwarten",
    "=muss ja": "=es muss sein",
    "=haarsträubend*": "=schockierend*",
}


@pytest.fixture(scope="module")
def plain() -> PlainGerman:
    """Return what knows the idioms of this module."""
    return PlainGerman(Idiom.read(*each) for each in LISTED.items())


@pytest.fixture
def ours(plain: PlainGerman, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the idioms of this module in the place of the program's list."""
    monkeypatch.setattr(module, "plain_german", lambda: plain)


def said(plain: PlainGerman, text: str) -> str:
    """Return a text in plain German."""
    return with_edits(text, [edit for found in plain.found(text) for edit in found])


@pytest.mark.parametrize(
    ("text", "in_plain"),
    [
        # The verb in second place, its plain prefix where the other words were
        ("Das Parlament schob die Reform auf die lange Bank.",
         "Das Parlament schob die Reform auf."),
        ("Das Beispiel macht Schule.", "Das Beispiel wird nachgeahmt."),
        ("Nun nimmt die Chefin ihren Hut.", "Nun tritt die Chefin zurück."),
        ("Die Beamten drückten ein Auge zu.", "Die Beamten waren nachsichtig."),
        ("Der alte Bauer gab im Mai den Löffel ab.", "Der alte Bauer starb im Mai."),
        ("Die Bank zieht die Daumenschrauben für Kunden an.",
         "Die Bank erhöht den Druck für Kunden."),
        ("Er hängte den Beruf an den Nagel.", "Er gab den Beruf auf."),
        ("Er nahm in der 34. Minute den Hut.", "Er trat in der 34. Minute zurück."),
        # ... which a list or a clause may stand before
        ("Schulen, Vereine und Ämter ziehen, so scheint es, an einem Strang.",
         "Schulen, Vereine und Ämter arbeiten, so scheint es, zusammen."),
        # The verb at the end, in whatever form
        ("Der Bau wurde auf die lange Bank geschoben.",
         "Der Bau wurde aufgeschoben."),
        ("Sie warnt davor, das auf die lange Bank zu schieben.",
         "Sie warnt davor, das aufzuschieben."),
        ("Die auf die lange Bank geschobene Reform kommt.",
         "Die aufgeschobene Reform kommt."),
        ("Ich weiß, dass er den Beruf an den Nagel hängte.",
         "Ich weiß, dass er den Beruf aufgab."),
        ("Man müsse ein Auge zudrücken können.",
         "Man müsse nachsichtig sein können."),
        ("Die Stadt ließ die Bürger abblitzen.", "Die Stadt wies die Bürger ab."),
        ("Sie hat die Bürger abblitzen lassen.", "Sie hat die Bürger abgewiesen."),
        # ... with the auxiliary of the plain verb
        ("Das ist uns auf die Füße gefallen.", "Das hat uns geschadet."),
        ("Er hat den Löffel abgegeben.", "Er ist gestorben."),
        ("Das ist auf den Prüfstand gekommen.", "Das ist überprüft worden."),
        ("Sie sind ins Hintertreffen geraten.", "Sie sind schwächer geworden."),
        ("Das muss ihm auf die Füße gefallen sein.", "Das muss ihm geschadet haben."),
        ("Das ist ihm, wie man weiß, auf die Füße gefallen.",
         "Das hat ihm, wie man weiß, geschadet."),
        ("Ich habe mich aus dem Staub gemacht.", "Ich bin verschwunden."),
        ("Die Diebe, die sich aus dem Staub gemacht haben, schweigen.",
         "Die Diebe, die verschwunden sind, schweigen."),
        ("Die Diebe sollen sich aus dem Staub gemacht haben.",
         "Die Diebe sollen verschwunden sein."),
        ("Der Streit ist im Keim erstickt worden.",
         "Der Streit ist sofort gestoppt worden."),
        ("Sie haben offene Türen eingerannt.", "Sie sind auf Zustimmung gestoßen."),
        ("Gerüchte sind ins Kraut geschossen.",
         "Gerüchte haben sich stark verbreitet."),
        # ... and no word twice
        ("Die Gäste sind nach und nach eingetrudelt.",
         "Die Gäste sind nach und nach gekommen."),
        # Reflexive pronouns come and go
        ("Am Ende sprach der Kanzler ein Machtwort.",
         "Am Ende setzte sich der Kanzler durch."),
        ("Da sprach sie ein Machtwort.", "Da setzte sie sich durch."),
        ("Sie machte sich am Montag ein Bild von der Lage.",
         "Sie sah sich am Montag die Lage an."),
        ("Die Brüder gerieten sich um den Hof in die Haare.",
         "Die Brüder stritten um den Hof."),
        # Persons
        ("Wir gehen alle auf dem Zahnfleisch.", "Wir sind alle völlig erschöpft."),
        ("Er gehe auf dem Zahnfleisch.", "Er sei völlig erschöpft."),
        ("Ich gehe auf dem Zahnfleisch.", "Ich bin völlig erschöpft."),
        ("Bald macht er seinen Frieden.", "Bald findet er seinen Ruhe."),
        # A verb alone
        ("Das würgt die Konjunktur ab.", "Das bremst die Konjunktur."),
        ("Die Appelle verpufften.", "Die Appelle blieben wirkungslos."),
        ("Als die Appelle verpufften, gingen sie.",
         "Als die Appelle wirkungslos blieben, gingen sie."),
        ("Die Appelle verpufften nach der Wahl.",
         "Die Appelle blieben nach der Wahl wirkungslos."),
        # No verb at all
        ("Die Krise kam mit Ansage.", "Die Krise kam wie zu erwarten."),
        ("„Muss ja“, sagt er.", "„Es muss sein“, sagt er."),
        ("Das sind haarsträubende Fehler.", "Das sind schockierende Fehler."),
        ("Haarsträubend ist das.", "Schockierend ist das."),
    ],
)  # fmt: skip
def test_says_idioms_plainly(plain: PlainGerman, text: str, in_plain: str) -> None:
    """In the form in which they stand."""
    assert said(plain, text) == in_plain


@pytest.mark.parametrize(
    "text",
    [
        # Other words
        "Auf der langen Bank saß ein Kind.",
        "Die Bank zog die Preise an.",
        "Das fiel der Frau auf die Füße des Stuhls.",
        # A negation that would be lost
        "Der Minister nimmt keinen Hut.",
        # Another verb
        "Der Weg führt auf die lange Bank zu.",
        # A noun with an article, or the object of nothing
        "Die Gemeinde machte die Schule zu.",
        "Das Verbot macht keine Schule.",
        "Erst machte der Laden dicht, dann Schule und Bank.",
        # The verb belongs to another clause
        "Er schob es. Auf die lange Bank fiel die Sonne.",
        # The prefix would have to go to the end
        "Auf die lange Bank schob er es nicht.",
        # It is not reflexive
        "Das Kind geriet ihr in die Haare.",
        # Two auxiliaries: which one is its own?
        "Die Chefin ist ausgerastet und hat geschrien.",
        # A participle before a noun has its own sense
        "Die vergraulten Gäste kamen nicht zurück.",
        # No verb, but a noun
        "Das Muss ja sogar Pflicht sein kann, sagt er.",
    ],
)
def test_leaves_what_is_no_idiom(plain: PlainGerman, text: str) -> None:
    """Better word by word than wrong."""
    assert said(plain, text) == text


@pytest.mark.usefixtures("ours")
class TestSegment:
    """A segment with an idiom, and what stands in the way."""

    TEXT = "Der Rat schob die Reform auf die lange Bank."
    PLAIN = "Der Rat schob die Reform auf."

    def test_is_read_in_plain_german(self) -> None:
        """In which the verb has its prefix at the end."""
        assert in_plain_german(Segment(self.TEXT), None) == Segment(self.PLAIN)

    def test_without_an_idiom_stays_as_it_is(self) -> None:
        """Nothing is made anew."""
        assert in_plain_german(Segment("Die Bank war lang."), None) is None

    def test_keeps_markup_where_it_is(self) -> None:
        """Before, around and behind what is put in plain German."""
        bold = Mark(4, 7, "<b>", "</b>")
        end = self.TEXT.index(" auf")
        over = Mark(end + 1, len(self.TEXT) - 1, "<i>", "</i>")

        read = in_plain_german(Segment(self.TEXT, (bold, over)), None)

        assert read is not None
        assert read.text == self.PLAIN
        assert read.marks == (bold, Mark(25, 28, "<i>", "</i>"))

    def test_with_markup_in_an_idiom_stays_as_it_is(self) -> None:
        """There would be no place for it."""
        start = self.TEXT.index("Bank")
        mark = Mark(start, start + 4, "<b>", "</b>")

        assert in_plain_german(Segment(self.TEXT, (mark,)), None) is None

    def test_what_is_copied_stays_as_it_is(self) -> None:
        """Code is no German."""
        mark = Mark(0, len(self.TEXT), "`code`", "", verbatim=True)

        assert in_plain_german(Segment(self.TEXT, (mark,)), None) is None

    def test_a_term_of_the_glossary_stays_as_it_is(self) -> None:
        """The user's word comes first."""
        glossary = Glossary([("lange Bank", "back burner")])

        assert in_plain_german(Segment(self.TEXT), glossary) is None


@pytest.mark.usefixtures("ours")
class TestTranslation:
    """What the model reads, and what everybody else sees."""

    TEXT, PLAIN = TestSegment.TEXT, TestSegment.PLAIN

    @staticmethod
    def engine(*, plainly: bool, aligns: bool = False) -> EchoEngine:
        """Return what says what it reads."""
        engine = EchoEngine(aligns=aligns)
        engine.model = replace(engine.model, plain_idioms=plainly)
        return engine

    def test_the_model_reads_plain_german(self) -> None:
        """The pair has the article's own words."""
        engine = self.engine(plainly=True)

        (found,) = translate_segments([Segment(self.TEXT)], engine)

        assert engine.asked == [self.PLAIN]
        assert found.source == Segment(self.TEXT)
        assert found.read == Segment(self.PLAIN)

    def test_other_models_read_the_idiom(self) -> None:
        """Unless their configuration says so."""
        engine = self.engine(plainly=False)

        (found,) = translate_segments([Segment(self.TEXT)], engine)

        assert engine.asked == [self.TEXT]
        assert found.read is None

    def test_a_memory_knows_the_article_s_own_words(self) -> None:
        """What is in it needs no model."""
        engine = self.engine(plainly=True)
        memory = Memory([(self.TEXT, "The council put it off.")])

        (found,) = translate_segments([Segment(self.TEXT)], engine, memory=memory)

        assert found.target.text == "The council put it off."
        assert engine.asked == []

    def test_capitals_are_no_hindrance(self) -> None:
        """A headline in capitals is read as running text first."""
        engine = self.engine(plainly=True, aligns=True)
        loud = "RAT SCHOB DIE REFORM AUF DIE LANGE BANK"
        texts = [Segment(self.TEXT), Segment(loud)]
        casing = Casing([self.TEXT])

        *_, found = translate_segments(texts, engine, casing=casing)

        assert "Rat schob die Reform auf" in engine.asked
        assert found.target.text.isupper()


def test_the_list_can_be_read() -> None:
    """Every line has words or a verb on both sides."""
    from satzpaar.translate.dictionaries.idioms import idioms

    listed = idioms()

    assert len({idiom for idiom, _ in listed}) == len(listed)
    for idiom, said_plainly in listed:
        read = Idiom.read(idiom, said_plainly)
        assert read.words or read.verb
        assert read.plain_words or read.plain_verb
        assert (read.verb is None) == (read.plain_verb is None)
        for verb in (read.verb, read.plain_verb):
            assert verb is None or verb.infinitive.endswith("n"), idiom


def test_the_bundled_model_says_what_an_idiom_means() -> None:
    """Word by word, his people went on their gums."""
    text = load_translator().translate("Seine Leute gingen auf dem Zahnfleisch.")

    assert "exhausted" in text
    assert "gum" not in text
