"""Words that several checks know, and what they read in both texts alike."""

from __future__ import annotations

import re
import unicodedata

from satzpaar.translate.protection import FILE_ENDINGS

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
LETTERS = re.compile(r"[^\W\d_]+")

# German words of the smallest kind that English does not have, in lower case.
GERMAN_FUNCTION_WORDS = frozenset(
    """
    aber allem allen aller alles allerdings als ander andere anderem anderen anderer
    auch auf aufgrund aus außer außerdem bei beim beiden bereits besonders bevor bis
    bisher bzw da dabei dadurch dafür dagegen daher damals damit danach daneben dann
    daran darauf daraus darf darin darüber darum darunter das dass daß dazu dein dem
    demnach denen denn dennoch der deren derzeit deshalb dessen dich dieses
    diese diesem diesen dieser dir doch dort durch dürfen ebenfalls ebenso ein eine
    einem einen einer eines einige einigen einmal entweder er erst es etwa etwas euch
    euer für ganz gegen gegenüber geht gemacht genau gerade gern gestern
    gewesen gibt habe haben hatte hatten hätte hätten heute hier hinter ich ihm ihn
    ihnen ihr ihre ihrem ihren ihrer immer indem insgesamt ist ja jede jedem jeden
    jeder jedes jedoch jetzt kann kaum kein keine keinem keinen keiner können könnte
    könnten konnte konnten lassen machen mehr mein meine meinem meinen meiner mich
    mir mit möchte möglich müssen muss musste muß nach nachdem nämlich neben nicht
    nichts niemand noch nur ob obwohl oder ohne schon sehr sei seien sein seine
    seinem seinen seiner seit selbst sich sie sind sodass sogar solche soll sollen
    sollte sondern sonst sowie sowohl statt trotz trotzdem über und uns unser
    unsere unserem unseren unserer unter viel viele vielen vom von vor während wann
    warum weder wegen weil weiter welche welchem welchen welcher wenig wenn werde
    werden wie wieder wir wird wirklich wo wobei wollen wollte worden wurde wurden
    wäre wären würde würden zu zum zur zurück zusammen zwar zwei zwischen
    """.split()
)

# Words that both languages write the same, small letters and all.
SHARED_WORDS = frozenset(
    """
    absolute absurd ad all alle also alternative am amicus an analog anti arm
    arrogant art ball band bank bar bat begin beige bitter blind blog blond bog boom
    box brief bring brutal brutto bus butter chaos clever computer contra cool
    curiae dank date de del demo depot die digital dose double du el elegant elf en
    etc even exe export extra extreme facto fair fan fast fatal fest fiat film final
    finale find finds fit fitter flop floral formal frank free frontal fundamental
    gas genial gift global gold golden golf grade gras grill gut halal hand hart hat
    her hip hoc horizontal hotel human ideal illegal im imperial import in
    individual infant infernal innovative instant instrumental integer integral
    intelligent interim intern international irrational item jazz job jung kind
    kinder kindergarten koscher la land lang last latent le legal lethal liberal
    lila linear literal live local lokal loyal made man marginal massive mental
    middle mild militant minimal minus mit mobil mode modern moment monumental moral
    motor nah name national natural negative netto neutral nominal normal offen
    offline online op optimal oral orange oriental original oval parallel park
    partner party passe passes passive pastoral per permanent person phenomenal pink
    plus pop positive postal potent precise prime primitive pro proletarian
    prominent protest provisional quo rar rate rational real recent redundant
    regional relevant religion rest restaurant retro rigid ring risk robust rosa
    royal rund sakral sang sank satire sauna see senior sentimental sex sexual sexy
    signal situation so social solar spare sparse speed sport stand standard star
    status steril still stress studio stupid substantial super symbol system tag
    tape team test text thriller ticket titan tolerant top total trainer transparent
    trend trio triumph trivial tunnel turbo turbulent und unfair uniform union
    universal urban vage van vegan versa version via vice video virtual virulent
    virus visual vital volatile von vulgar wage wand war warm was web west wild will
    wind winter wolf zone zoo
    """.split()
)

_FOLDED = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d"})


def fold(word: str) -> str:
    """Write a word small and without accents.

    >>> fold("Schröder"), fold("Straße")
    ('schroder', 'strasse')
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFD", word.lower().translate(_FOLDED))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


# Begun where a word begins, and bounded: time grows with the text alone.
_LINK = re.compile(
    r"(?<![`\w])`[^`\n]{1,120}`(?![`\w])"
    r"|https?://\S+|www\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\S{1,200}\.\w+|[#@](?!\d+\b)\w+"
    r"|(?<!\S)\S{1,200}\.\w{2,4}/\S+"
    rf"|(?<![\w./~-])[\w./~-]{{1,200}}\.(?:{FILE_ENDINGS})\b"
)


def without_links(text: str) -> str:
    """Black out code, addresses and names of files; all else keeps its place."""
    return _LINK.sub(lambda match: "_" * len(match.group()), text)


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """Return where *text* quotes or stands in brackets."""
    return [match.span() for match in _QUOTED.finditer(text)]


_QUOTED = re.compile(
    r"[„“\"»«”][^„“\"»«”]{1,200}[“”\"«»]|\([^()]{1,200}\)|\[[^\[\]]{1,200}\]"
    r"|(?<!\w)['‘‚][^'‘’‚]{2,80}['’‘](?!\w)"
)


def inside(position: int, spans: list[tuple[int, int]]) -> bool:
    """Say whether *position* lies in one of *spans*."""
    return any(start <= position < end for start, end in spans)
