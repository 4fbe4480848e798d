"""German abbreviations, written out for the model."""

from __future__ import annotations

import pytest

from satzpaar.translate.abbreviations import spelled_out
from satzpaar.translate.document import Segment
from satzpaar.translate.pipeline import translate_segments
from tests.doubles import EchoEngine


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Es gilt u. a. hier, z.B. da", "Es gilt unter anderem hier, zum Beispiel da"),
        ("i. d. R. und i.d.R. hier", "in der Regel und in der Regel hier"),
        ("ca. 200, rd. 300, max. 4", "etwa 200, rund 300, maximal 4"),
        ("(v. l. n. r.)", "(von links nach rechts)"),
        ("Wolf (2. v. r.)", "Wolf (2. von rechts)"),
        ("Der Angeklagte (l.) und sie (r.)", "Der Angeklagte (links) und sie (rechts)"),
        ("Sa., 3. Mai; So. 4.5.", "Samstag, 3. Mai; Sonntag 4. Mai."),
        ("Di–So, Mo.-Fr. 10 Uhr", "Dienstag bis Sonntag, Montag bis Freitag 10 Uhr"),
        ("Mo.–Fr., Sa/So zu", "Montag bis Freitag, Samstag/Sonntag zu"),
        ("2,3 Mrd. Euro, 1 Mio. Euro", "2,3 Milliarden Euro, 1 Million Euro"),
        ("Lesezeit: 3 Min.", "Lesezeit: 3 Minuten"),
        ("nach Art. 5 Abs. 2", "nach Artikel 5 Absatz 2"),
        ("im 12. Jh. erbaut", "im 12. Jahrhundert erbaut"),
        ("König (geb. 1975)", "König (geboren 1975)"),
        ("Bremen Hbf", "Bremen Hauptbahnhof"),
        ("Kiel (Eig. Bericht) – Ein", "Kiel (Eigener Bericht) – Ein"),
        ("Das Haus kostete am Ende 3 Mio.", "Das Haus kostete am Ende 3 Millionen."),
        ("Die Fahrt dauert 45 Min.", "Die Fahrt dauert 45 Minuten."),
        ("„Es kostet wohl 3 Mio.“", "„Es kostet wohl 3 Millionen.“"),
        ("Tor: Müller (12. Min.)", "Tor: Müller (12. Minute)"),
        ("Art.5 GG, geb.1975", "Artikel 5 GG, geboren 1975"),
        ("Ca. 300 Leute. Z. B. hier", "Etwa 300 Leute. Zum Beispiel hier"),
        ("Iris Berben, Heino Ferch u. a.", "Iris Berben, Heino Ferch und andere."),
        ("Mozart u. v. a. mehr", "Mozart und viele andere mehr"),
        ("Am 12.03.2024 und am 3. 5. 99", "Am 12. März 2024 und am 3. 5. 99"),
        ("vom 1.4. bis zum 30.6.2025", "vom 1. April bis zum 30. Juni 2025"),
        ("vom 12.–14.5. in Ulm", "vom 12. bis 14. Mai in Ulm"),
        ("vom 28.12.-6.1. zu", "vom 28. Dezember bis 6. Januar zu"),
        ("Geöffnet: 12.5.–3.6.2024", "Geöffnet: 12. Mai–3. Juni 2024"),
        ("am 3.4., 5.4. und 7.5.2025", "am 3. April, 5. April und 7. Mai 2025"),
        ("die Ferien (12.-14.5.2024)", "die Ferien (12.–14. Mai 2024)"),
        ("Vom 3.5. bis 5.5. Ferien", "Vom 3. Mai bis 5. Mai Ferien"),
        ("zum 1.4. bzw. 1.10. neu", "zum 1. April bzw. 1. Oktober neu"),
        ("Termine: 3.4. und 7.5. in Ulm", "Termine: 3. April und 7. Mai in Ulm"),
        ("am 5. und 6.5. im Saal", "am 5. und 6. Mai im Saal"),
        ("das Fest vom 12.-14. Mai", "das Fest vom 12. bis 14. Mai"),
        ("das Fest am 12.-14. Mai", "das Fest am 12.–14. Mai"),
        ("bis 3.4.25, Stand: 03.04.24", "bis 3. April 2025, Stand: 3. April 2024"),
        ("(23.2.), (4.-6.9.)", "(23. Februar), (4.–6. September)"),
        ("Schluss: 15.4., 12 Uhr", "Schluss: 15. April, 12 Uhr"),
        ("Zeitraum 1.1.-30.6. frei", "Zeitraum 1. Januar bis 30. Juni frei"),
        ("Termine: 3.5. Fest, 10.5. Tanz", "Termine: 3. Mai Fest, 10. Mai Tanz"),
        ("10-18 Uhr, Fr 8-12 Uhr", "10 bis 18 Uhr, Freitag 8 bis 12 Uhr"),
        ("Mo.-Fr. und Sa. 10-14 Uhr", "Montag bis Freitag und Samstag 10 bis 14 Uhr"),
        ("Mo.: 18°, Di.: 20°", "Montag: 18°, Dienstag: 20°"),
        ("Brot 4,- Euro, Torte 25,– €", "Brot 4 Euro, Torte 25 €"),
        ("2 EL Öl, 250 ml Wasser", "2 Esslöffel Öl, 250 Milliliter Wasser"),
        ("2 TL/Liter, 90 Min.-Takt", "2 Teelöffel/Liter, 90 Minuten-Takt"),
        ("Cro (eig. Carlo Waibel)", "Cro (eigentlich Carlo Waibel)"),
        ("Von eig. Ber. und eig. Bericht", "Von eigener Bericht und eigener Bericht"),
        ("Serien, Filme u. a. m.", "Serien, Filme und anderes mehr."),
        ("Filme u.a.m. gibt es hier", "Filme und anderes mehr gibt es hier"),
        ("nach § 3 Abs. 1 S. 2 BGB", "nach § 3 Absatz 1 Satz 2 BGB"),
        ("bis 3.5.48, den 1.2.99", "bis 3. Mai 1948, den 1. Februar 1999"),
        ("siehe S. 4, Abb. 2", "siehe Seite 4, Abbildung 2"),
        ("Der Kurs (kurz) dauert 90 Min.", "Der Kurs (kurz) dauert 90 Minuten."),
        ("Er kam erst am 12.03.", "Er kam erst am 12. März."),
        ("Preis in €, 30 €", "Preis in Euro, 30 €"),
        ("Fr., 12.4., und Sa. 19 Uhr", "Freitag, 12. April, und Samstag 19 Uhr"),
        ("Am Sa. und So. zu, am Mo. auf", "Am Samstag und Sonntag zu, am Montag auf"),
        ("Mi., den 5.6.2024", "Mittwoch, den 5. Juni 2024"),
        ("Mo, Mi, Fr 8–12 Uhr", "Montag, Mittwoch, Freitag 8 bis 12 Uhr"),
        ("Mo u. Di–Do ab 9 Uhr", "Montag und Dienstag bis Donnerstag ab 9 Uhr"),
        ("Fr 9–13.30 Uhr, So zu", "Freitag 9 bis 13.30 Uhr, So zu"),
        ("Sa 9 Uhr, So geschlossen", "Samstag 9 Uhr, Sonntag geschlossen"),
        ("Do 20:15, So 18:00 Uhr", "Donnerstag 20:15, Sonntag 18:00 Uhr"),
        ("8–12 Uhr u. 14–16 Uhr", "8 bis 12 Uhr und 14 bis 16 Uhr"),
        ("Ab 15 h, um 9.30 h", "Ab 15 Uhr, um 9.30 Uhr"),
        ("1 Std. 27 Min. bis Ulm", "1 Stunde und 27 Minuten bis Ulm"),
        ("in 2 Min. 3 Sek. da", "in 2 Minuten und 3 Sekunden da"),
        ("12 €, erm. 8 €, bis 14 J. frei", "12 €, ermäßigt 8 €, bis 14 Jahre frei"),
        ("19 % MwSt. (Vj.: 16 %)", "19 % Mehrwertsteuer (Vorjahr: 16 %)"),
        ("10 €/m² und 25 €/Std.", "10 Euro pro Quadratmeter und 25 Euro pro Stunde"),
        ("4 € pro Std., 85 qm", "4 € pro Stunde, 85 Quadratmeter"),
        ("60 v.H., plus 3 %-Punkte", "60 Prozent, plus 3 Prozentpunkte"),
        ("mit 3.000 U/min läuft", "mit 3.000 Umdrehungen pro Minute läuft"),
        ("1½ Jahre, 2 ¾ kg, ½ Liter", "1,5 Jahre, 2,75 kg, ½ Liter"),
        ("§ 8 i.V.m. § 9, v. 5.3.2020", "§ 8 in Verbindung mit § 9, vom 5. März 2020"),
    ],
)  # fmt: skip
def test_an_abbreviation_is_written_out(text: str, written: str) -> None:
    """As it would be read aloud."""
    assert spelled_out(text) == written
    assert spelled_out(written) == written


@pytest.mark.parametrize(
    "text",
    [
        "Anna König, geb. Vogel",  # née
        "Dr. Kolbe, Nr. 3, usw.",  # well known
        "So wird es gehen. So.",
        "Do it yourself, Mi casa",
        "Software 12.05.10, Tel. 02.03.45, Tabelle (1.2.), J. S. 1780",
        "So geschlossen trat er auf, so 20 Uhr, Do, Re, Mi, Fa, So, La",
        "Mit 10 J. Bell, 44 v. Chr., 120 m u. d. M., bis 15 h",
        "Um 3 h verkürzt, ab 24 h Wartezeit, ab 8 h am Tag, ab 48 h",
        "Frau M. und Herr r.",
        "www.ca.de, max.mustermann@example.de",
        "Mio. von Menschen",
        "Version 1.2.2024, 1.2.3.2024, 31.13.2024 und 45.3.2024",
        "Am 1.2.3 und 192.168.1.2024",
        "nach § 3.2. und 3.4. gilt",
        "bis 3.5. Grad, zum 2.10. Mal",
        "Abschnitte: 3.1., 3.2. und 3.4.",
        "Kapitel 3.4. und 3.5. und am 3. und 4. Tag",
        "Sie kostet € 30 (ab € 99)",
        "Die Min. Anforderung",
        "Hans Holbein d. J. hängt hier",
        "Der Eintritt kostet Fr. 12.50 oder Fr. 15.– für alle",
        "So. 1000 Leute",
        "Max. Schmidt, Lt. Columbo",
        "Die Aktie der Philips N.V. stieg.",
        "Auf der Abbey Rd. in Los Angeles, Ca. und mit A Beautiful Mind.",
        "0:3 EL-Pleite, 1. EL-Spiel, die 2. EL Runde, 0,5 ml/kg, eine 5 ml-Spritze",
    ],
)
def test_what_may_be_something_else_stays(text: str) -> None:
    """And what the model knows."""
    assert spelled_out(text) == text


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Ca. 300 Leute.", "Etwa 300 Leute."),
        ("„Mind. drei“ (Rd. 40)", "„Mindestens drei“ (Rund 40)"),
        ("Größe: Ca. 3 m. Rd. 5 kg.", "Größe: Etwa 3 m. Rund 5 kg."),
        ("Ulm, Ca. 300", "Ulm, Ca. 300"),
    ],
)
def test_what_ends_names_has_a_capital_only_where_a_sentence_begins(
    text: str, written: str
) -> None:
    """California, roads and minds are shortened or spelled like that."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("1:2 n. V., 5:4", "1:2 nach Verlängerung, 5:4"),
        ("Bonn – Ulm 98:95 n.V. in Ulm", "Bonn – Ulm 98:95 nach Verlängerung in Ulm"),
        ("Er gewann n. V. noch", "Er gewann nach Verlängerung noch"),
        ("das Halbfinale n. V. mit 3:2", "das Halbfinale nach Verlängerung mit 3:2"),
        ("Das ist nur n. V. möglich", "Das ist nur nach Vereinbarung möglich"),
        ("Mi. 9-12 Uhr und n. V.", "Mittwoch 9 bis 12 Uhr und nach Vereinbarung."),
        (
            "10:30 bis 12:00 oder n. V. auf",
            "10:30 bis 12:00 oder nach Vereinbarung auf",
        ),
    ],
)
def test_there_is_extra_time_only_in_games(text: str, written: str) -> None:
    """A score or a victory tells of one; elsewhere it is by appointment."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Als Stefan S. 2015 kam", "Als Stefan S. 2015 kam"),
        ("Gegen Anna-Lena S. 12 Tage", "Gegen Anna-Lena S. 12 Tage"),
        ("Der Prozess des Mörders S. 2021", "Der Prozess des Mörders S. 2021"),
        ("Lina E. und Max S. 2023", "Lina E. und Max S. 2023"),
        ("in diesem Buch S. 12", "in diesem Buch Seite 12"),
        ("Siehe S. 1712", "Siehe Seite 1712"),
        ("(Duden, S. 2015)", "(Duden, Seite 2015)"),
    ],
)
def test_no_shortened_surname_is_a_page(text: str, written: str) -> None:
    """A first name is before it, or a noun before it and a year behind it."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Das Ticket kostet Fr. 12.50.", "Das Ticket kostet Fr. 12.50."),
        ("Wir sahen Fr. 12.50.", "Wir sahen Fr. 12.50."),
        ("Der Eintritt kostet Fr. 5.10.", "Der Eintritt kostet Fr. 5.10."),
        ("Preis: Fr.\u00a05.10. Kinder frei", "Preis: Fr.\u00a05.10. Kinder frei"),
        ("Sie zahlen nur Fr. 5.10.", "Sie zahlen nur Fr. 5.10."),
        ("Der Eintritt am Fr. 5.10.", "Der Eintritt am Freitag 5. Oktober."),
        ("Eintritt Fr. 19.30 Uhr", "Eintritt Freitag 19.30 Uhr"),
    ],
)
def test_no_price_in_francs_is_a_friday(text: str, written: str) -> None:
    """No month has its number, or a word of prices is before it."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Kino: Saal 3 – 20 Uhr", "Kino: Saal 3 – 20 Uhr"),
        ("RTL 2 – 20.15 Uhr", "RTL 2 – 20.15 Uhr"),
        ("am Montag 10 – 12 Uhr", "am Montag 10 bis 12 Uhr"),
        ("Mo. 9 - 12.30 Uhr", "Montag 9 bis 12.30 Uhr"),
        ("Öffnungszeiten 10 – 18 Uhr", "Öffnungszeiten 10 bis 18 Uhr"),
        ("Geöffnet ab Mai 10 – 18 Uhr", "Geöffnet ab Mai 10 bis 18 Uhr"),
        ("Kasse 10–18 Uhr", "Kasse 10 bis 18 Uhr"),
    ],
)
def test_the_number_of_a_room_is_no_hour(text: str, written: str) -> None:
    """Nor is that of a channel: the dash behind it stands between two things."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Die Sängerin Mi-So singt.", "Die Sängerin Mi-So singt."),
        ("Das Museum Mi-So geöffnet", "Das Museum Mittwoch bis Sonntag geöffnet"),
        ("Museum Mi-So 10 Uhr", "Museum Mittwoch bis Sonntag 10 Uhr"),
        ("Geöffnet Mi-So", "Geöffnet Mittwoch bis Sonntag"),
        ("Eintritt Mo-Fr frei", "Eintritt Montag bis Freitag frei"),
    ],
)
def test_weekdays_behind_a_noun_may_be_a_name(text: str, written: str) -> None:
    """Unless hours or the like follow, or no name sounds like that."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (
            "Wir öffnen Mo-Fr. Eintritt ist frei.",
            "Wir öffnen Montag bis Freitag. Eintritt ist frei.",
        ),
        ("nur Mo.-Fr. Einlass", "nur Montag bis Freitag Einlass"),
        ("nur Mo-Fr. von 8 an", "nur Montag bis Freitag von 8 an"),
    ],
)
def test_weekdays_leave_a_sentence_its_full_stop(text: str, written: str) -> None:
    """It is the sentence's where the first of them has none and a capital follows."""
    assert spelled_out(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Das erste seiner Art. 2023 kam", "Das erste seiner Art. 2023 kam"),
        ("Waren aller Art. 5 Euro", "Waren aller Art. 5 Euro"),
        ("Das liegt in der Art. 2023 kam", "Das liegt in der Art. 2023 kam"),
        ("mit dem Art. 5 GG", "mit dem Artikel 5 GG"),
        ("nach Art. 1382 und Art. 20", "nach Artikel 1382 und Artikel 20"),
    ],
)
def test_a_kind_is_no_article(text: str, written: str) -> None:
    """Of its kind, of all kinds: there the sentence ends; and no article is a year."""
    assert spelled_out(text) == written


def test_the_model_reads_it_written_out() -> None:
    """The translation is that of the words."""
    engine = EchoEngine(lambda text, _: text.replace("rund", "around"))

    (translation,) = translate_segments([Segment("Es kamen rd. 20.")], engine)

    assert engine.asked == ["Es kamen rund 20."]
    assert translation.target.text == "Es kamen around 20."


def test_other_languages_have_other_abbreviations() -> None:
    """Of a model from French nothing is touched."""
    engine = EchoEngine()
    engine.model = engine.model.__class__(
        "echo", engine.model.folder, "fr", "en", 64, 64, "none"
    )

    list(translate_segments([Segment("max. 20")], engine))

    assert engine.asked == ["max. 20"]
