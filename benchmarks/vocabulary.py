"""Compare vocabularies: how many pieces a word has, and where compounds are cut.

    python benchmarks/vocabulary.py BITEXT[:WEIGHT] ... --columns 2,3 --test TEST.tsv

learns a vocabulary from the words of the bitexts with each ``--damping`` (1: as
frequent as they are), as ``satzpaar train --vocabulary`` does, and prints a Markdown
table: pieces a word of either side of the test file, and of our compounds how many
seams are kept. A seam is kept where a piece ends, or where the word is one piece; a cut
that is no seam is needless.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

from satzpaar.alignments.corpora import Format, open_corpora, open_corpus
from satzpaar.translate.models import find_model
from satzpaar.translate.tokenizer import MarianTokenizer
from satzpaar.translate.training.settings import Vocabulary
from satzpaar.translate.training.vocabulary import cut_anew, train_vocabulary

# Put together by us, cut where their parts meet, linking letters with the part before.
COMPOUNDS = """
Abfall|gebühren|streit Acker|rand|streifen Anwalts|honorar|frage Apfel|ernte|helfer
Arznei|mangel|liste Bahnhofs|uhren|sammlung Bäcker|innungs|treffen Bau|stellen|lärm
Beeren|pflück|verbot Berg|rettungs|einsatz Bienen|stock|diebe Brücken|sperrungs|chaos
Bücher|tausch|schrank Bundes|straßen|ausbau Chor|proben|raum Damm|bruch|gefahr
Dorf|laden|retter Düngemittel|steuer Eis|stadion|dach Enkel|trick|warnung
Fahrrad|schnell|weg Feuerwehr|jubiläum Film|preis|jury Flug|hafen|gegner
Fußgänger|ampel|schaltung Garten|zwerg|diebstahl Gas|preis|schock Geld|wäsche|gesetz
Glas|faser|anschluss Grenz|kontroll|stelle Grund|steuer|reform Hafen|arbeiter|lohn
Handwerks|kammer|chefin Haus|arzt|mangel Heiz|kosten|zuschuss Hoch|wasser|schutz|wand
Hunde|steuer|bescheid Imker|verbands|tag Impf|stoff|lager Jugend|amts|leiterin
Käse|theken|gespräch Kinder|garten|platz Kirchen|glocken|streit Klima|schutz|plan
Kohle|ausstiegs|gesetz Kranken|haus|schließung Kreis|tags|wahl Küsten|wache|boot
Laub|bläser|verbot Lehrer|stunden|kürzung Luft|abwehr|schirm Markt|händler|klage
Miet|preis|bremse Mode|messen|besuch Moor|brand|folgen Müll|abfuhr|streik
Nacht|zug|verbindung Not|ruf|zentrale Obst|bauern|protest Park|haus|sanierung
Pflege|heim|bewohner Rathaus|turm|besteigung Regen|tonnen|pflicht Renten|kassen|loch
Saft|laden|besitzer Schul|bus|fahrer Schnee|räum|dienst See|not|retter
Spiel|platz|verbot Stadt|rats|sitzung Steuer|zahler|bund Strom|netz|betreiber
Tarif|runden|auftakt Tier|heim|leitung Trink|wasser|quelle Unfall|zeugen|aufruf
Vereins|heim|brand Vogel|grippe|fall Wald|brand|gefahr Wasser|rohr|bruch
Wein|königin|wahl Winter|dienst|plan Zoll|fahndungs|amt Zug|begleiter|mangel
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bitexts", nargs="*", metavar="BITEXT[:WEIGHT]")
    parser.add_argument("--columns", default="1,2", metavar="S,T")
    parser.add_argument("--test", type=Path, required=True, metavar="FILE")
    parser.add_argument("--size", type=int, default=24_000, metavar="N")
    parser.add_argument("--damping", type=float, nargs="+", default=[0.65])
    parser.add_argument("--models", nargs="*", default=[])
    options = parser.parse_args()
    source, target = map(int, options.columns.split(","))
    form = Format("de", "en", (source, target))
    test = list(open_corpus(options.test, form).pairs)
    print(
        "| vocabulary | pieces | of a German word | of an English word | seams kept "
        "| needless cuts a compound |\n|---|--:|--:|--:|--:|--:|"
    )
    for name in options.models:
        _row(name, MarianTokenizer(find_model(name)), test)
    if not options.bitexts:
        return
    counts = defaultdict[str, float](float), defaultdict[str, float](float)
    for corpus in open_corpora(options.bitexts, form):
        for pair in corpus.pairs:
            for side, text in zip(counts, pair, strict=True):
                for word in text.split():
                    side[word] += corpus.weight
    for damping in options.damping:
        with tempfile.TemporaryDirectory() as folder:
            model = cut_anew(find_model(), Path(folder))
            wanted = Vocabulary(size=options.size)
            train_vocabulary(counts, wanted, model, seed=1, damping=damping)
            _row(f"damping {damping:g}", MarianTokenizer(model), test)


def _row(name: str, tokenizer: MarianTokenizer, test: list[tuple[str, str]]) -> None:
    lengths = []
    for side, cut in enumerate((tokenizer.tokenize, tokenizer.tokenize_targets)):
        texts = [pair[side] for pair in test]
        words = sum(len(text.split()) for text in texts)
        lengths.append(sum(map(len, cut(texts))) / words)
    kept = seams = needless = 0
    compounds = COMPOUNDS.split()
    for compound in compounds:
        wanted = _ends(compound.split("|"))
        pieces = tokenizer.tokenize([compound.replace("|", "")])[0]
        found = _ends([piece.removeprefix("▁") for piece in pieces])
        kept += len(wanted & found) if len(pieces) > 1 else len(wanted)
        seams += len(wanted)
        needless += len(found - wanted)
    print(
        f"| {name} | {len(tokenizer.source_ids)} | {lengths[0]:.2f} | {lengths[1]:.2f} "
        f"| {kept / seams:.0%} | {needless / len(compounds):.2f} |",
        flush=True,
    )


def _ends(parts: list[str]) -> set[int]:
    """Return where parts end inside the word, in characters."""
    places, place = set(), 0
    for part in parts[:-1]:
        place += len(part)
        places.add(place)
    return places - {0}


if __name__ == "__main__":
    main()
