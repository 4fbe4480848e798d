"""Titles, offices, first names and other names, as far as checks need them."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

# What stands before a person's name in German.
TITLES = frozenset(
    """
    Herr Herrn Frau Familie Ehepaar Eheleute
    Präsident Präsidentin Präsidenten Bundespräsident Kanzler
    Bundespräsidenten Kanzlerin Bundeskanzler Bundeskanzlerin Minister Ministerin
    Innenminister Innenministerin Außenminister Außenministerin Finanzminister
    Finanzministerin Verteidigungsminister Verteidigungsministerin Justizminister
    Ministerpräsident Ministerpräsidentin Ministerpräsidenten Premierminister
    Premierministerin Premier Bürgermeister Bürgermeisterin Oberbürgermeister
    Oberbürgermeisterin Sprecher Sprecherin Polizeisprecher Polizeisprecherin
    Regierungssprecher Professor Professorin Prof Dr Trainer Cheftrainer Torwart
    Stürmer Kapitän Papst König Königin Prinz Prinzessin Kaiser Senator Senatorin
    Gouverneur Gouverneurin General Oberst Richter Richterin Staatsanwalt
    Staatsanwältin Pfarrer Bischof Erzbischof Kardinal Regisseur Regisseurin
    Schauspieler Schauspielerin Sänger Sängerin Autor Autorin Schriftsteller
    Schriftstellerin Sir Lady Lord Graf Fürst Vorsitzende Vorsitzender Geschäftsführer
    Geschäftsführerin Direktor Direktorin Staatssekretär Parteichef Parteichefin
    Fraktionschef Landrat Landrätin Generalsekretär Generalsekretärin
    """.split()
)

# Frequent German surnames, most of them words as well.
SURNAMES = frozenset(
    """
    Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer
    Koch Bauer Richter Klein Wolf Schröder Neumann Schwarz Zimmermann Braun Krüger
    Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid Schulze Maier
    Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß
    Jung Hahn Schubert Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck
    Lorenz Baumann Franke Albrecht Schuster Simon Ludwig Böhm Winter Kraus Martin
    Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas
    Schreiber Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann
    Thomas Voigt Sauer Arnold Wolff Pfeiffer
    """.split()
)

# Next to one of these it is who said it.
SAYS = frozenset(
    """
    sagt sagte erklärt erklärte meint meinte betont betonte schreibt schrieb erzählt
    erzählte fordert forderte warnt warnte findet glaubt fragt fragte kritisiert
    kritisierte ergänzt ergänzte bestätigt bestätigte berichtet berichtete verspricht
    versprach hofft hoffte
    """.split()
)

# How words for one person's office or trade end that stand before a name without an
# article: "Tesla-Chef Musk", "Kuratorin Kolbe".
OFFICE = re.compile(
    r"""(?:chef|präsident|direktor|rektor|professor|doktor|kurator|senator|autor|anwalt
    |kandidat|kommissar|sekretär|funktionär|general|oberst|bischof|kardinal|kapitän|wirt
    |torwart|star|profi|arzt|chirurg|pilot|ökonom|analyst|aktivist|architekt|ingenieur
    |journalist|redakteur|korrespondent|regisseur|komponist|dirigent|pianist|champion
    |psychologe|biologe|virologe|soziologe|theologe|experte|kollege|legende|landrat
    |stadtrat|beauftragter|vorsitzender|abgeordneter|minister|kanzler|sprecher|trainer
    |coach|leiter|manager|meister|richter|forscher|politiker|sänger|spieler|künstler
    |historiker|physiker|informatiker|chemiker|mediziner|fahrer|läufer|springer
    |schwimmer|verteidiger|stürmer|torhüter|schriftsteller|reporter|moderator|berater
    |botschafter|gründer|unternehmer|inhaber|pfarrer|lehrer|verleger|sieger|vorgänger
    |nachfolger|stellvertreter|bewohner
    |(?:er|or|ist|ent|ant|eur|är|at|log|nom|graf|ef|eg|wält|ärzt|rät)in)\Z""",
    re.VERBOSE | re.IGNORECASE,
)


@cache
def first_names() -> frozenset[str]:
    """Return first names that news is full of, as German and English both write them.

    Chosen by hand of the words that stand before two or more others with a capital in
    our bitexts, alike on both sides; and some of persons of public life.
    """
    return _listed("first_names.txt")


@cache
def shared_names() -> frozenset[str]:
    """Return names of persons, places and firms that both languages write alike.

    Words with a capital that stand five times or more on the German side of our
    bitexts, and in 96 % of these or more on the English side as well; without most that
    either language has in small letters too, or our dictionary in another way
    (``benchmarks/make_names.py``).
    """
    return _listed("shared_names.txt")


def _listed(file: str) -> frozenset[str]:
    listed = files("satzpaar.translate.dictionaries").joinpath(file)
    return frozenset(listed.read_text(encoding="utf-8").split())
