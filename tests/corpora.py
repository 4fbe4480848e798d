"""Short stories in German and English, written for these tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

STORIES = {
    "bruecke": (
        (
            "Die Brücke über die Zschopau bleibt gesperrt. Ein Gutachter fand im "
            "März 14 Risse im Beton. Bürgermeisterin Karla Wendt rechnet mit Kosten "
            "von 2,4 Millionen Euro. Die Arbeiten sollen im Herbst beginnen. Bis "
            "dahin fährt der Bus der Linie 31 einen Umweg über Augustusburg."
        ),
        (
            "The bridge over the Zschopau remains closed. In March an expert found "
            "14 cracks in the concrete. Mayor Karla Wendt expects costs of 2.4 "
            "million euros. The work is due to begin in autumn. Until then the "
            "number 31 bus takes a detour via Augustusburg."
        ),
    ),
    "museum": (
        (
            "Das Museum für Uhren in Glashütte hat einen Dieb gefasst. Der Mann aus "
            "Porto wollte mit 7 goldenen Uhren durch das Fenster verschwinden. "
            "Wachmann Olaf Prenzel hielt ihn an der Jacke fest. Die Polizei lobte "
            "den Rentner, der seit 1998 im Haus arbeitet. Alle Uhren liegen wieder "
            "in ihren Kästen."
        ),
        (
            "The museum of watches in Glashütte has caught a thief. The man from "
            "Porto wanted to disappear through the window with 7 golden watches. "
            "The guard Olaf Prenzel held him by his jacket. The police praised the "
            "pensioner, who has worked in the house since 1998. All the watches are "
            "back in their cases."
        ),
    ),
    "ernte": (
        (
            "Die Kirschen reifen in diesem Jahr drei Wochen früher. Bauer Henrik "
            "Albers aus Jork sucht deshalb schon jetzt 60 Helfer. Im Juni gab es im "
            "Alten Land kaum Regen. Viele Bäume tragen trotzdem mehr Früchte als "
            "2019. Für ein Kilo zahlen Händler in Hamburg rund fünf Euro."
        ),
        (
            "This year the cherries are ripening three weeks earlier. That is why "
            "the farmer Henrik Albers from Jork is already looking for 60 helpers. "
            "In June there was hardly any rain in the Altes Land. Many trees still "
            "bear more fruit than in 2019. Dealers in Hamburg pay around five euros "
            "for a kilo."
        ),
    ),
    "schach": (
        (
            "Schachspielerin Mira Tolk hat das Turnier in Dortmund gewonnen. In der "
            "letzten Runde schlug sie den Favoriten Anatol Braun nach 83 Zügen. Der "
            "Veranstalter sprach von einer großen Überraschung. Tolk ist erst 15 "
            "Jahre alt und geht noch zur Schule. Im Oktober spielt sie in "
            "Reykjavik."
        ),
        (
            "The chess player Mira Tolk has won the tournament in Dortmund. In the "
            "last round she beat the favourite Anatol Braun after 83 moves. The "
            "organiser spoke of a great surprise. Tolk is only 15 years old and "
            "still goes to school. In October she will play in Reykjavik."
        ),
    ),
}


def write_stories(folder: Path, suffix: str = ".txt") -> tuple[Path, Path]:
    """Write every story into two folders; return them."""
    folders = folder / "de", folder / "en"
    for side, path in enumerate(folders):
        path.mkdir()
        for name, texts in STORIES.items():
            text = texts[side].replace(". ", ".\n\n", 1)
            (path / f"{name}{suffix}").write_text(f"{text}\n", encoding="utf-8")
    return folders
