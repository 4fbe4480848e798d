"""Make the list of German words that are usually small, of those that may be nouns too.

    python benchmarks/make_usual_case.py bitexts -o usually_small.txt

for ``translate/dictionaries``: counts how often the texts of a folder (``*.tsv.xz``,
German first) write each form that the dictionary has in both ways, small and with a
capital, behind another word of the sentence. Listed is what is small more often.
"""

from __future__ import annotations

import argparse
import lzma
import re
from collections import Counter
from pathlib import Path

from satzpaar.translate.dictionaries import german_english

# A word behind a word and a space, perhaps with a comma: no beginning of a sentence.
INSIDE = re.compile(r"(?<=\w[ ])[^\W\d_]+|(?<=\w,[ ])[^\W\d_]+")


def main() -> None:
    """Count and write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("bitexts", type=Path, help="a folder")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    seen: Counter[str] = Counter()
    for path in sorted(options.bitexts.glob("*.tsv.xz")):
        with lzma.open(path, "rt", encoding="utf-8", newline="\n") as lines:
            for line in lines:
                seen.update(INSIDE.findall(line.partition("\t")[0]))
    dictionary = german_english()
    small = sorted(
        form
        for form, times in seen.items()
        if form.islower()
        and times > seen[form.capitalize()]
        and dictionary.has_german(form)
        and dictionary.has_german(form.capitalize())
    )
    options.output.write_text("".join(f"{form}\n" for form in small), "utf-8")
    print(f"{len(small)} forms")


if __name__ == "__main__":
    main()
