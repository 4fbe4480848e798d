"""Negation: nicht, kein, ohne … on one side and nothing of the kind on the other."""

from __future__ import annotations

import re

from satzpaar.translate.checks.finding import Finding

KIND = "negation"

# What negates a German clause beyond doubt.
_GERMAN = re.compile(
    r"\b(?:nicht|kein(?:e[mnrs]?)?|ohne|nie|niemals|niemand(?:em|en|es)?|nirgend\w+|"
    r"nichts|weder|keinesfalls|keineswegs|keinerlei|nein)\b",
    re.IGNORECASE,
)
# Where those words negate nothing, or where English says it without a negation.
_HARMLESS = re.compile(
    r"\bnicht (?:gerade |eben |ganz |so )*wenige?\b"
    r"|\bnicht (?:nur|allein|zuletzt|bloß|lediglich|selten|minder|weniger als|"
    r"lange|länger als|mehr als|wahr|umsonst|ohne|un\w+|weit)"
    r"|\b(?:ob|bis|bevor|ehe|wenn)\b[^.;:!?,]{0,40}\bnicht\b"
    r"|\bkein(?:e[mnrs]?)? (?:Wunder|Zweifel|Geheimnis|Frage|geringerer|anderer|"
    r"Problem|Ende)"
    r"|\b(?:noch|schon) nie\b|\bnie (?:zuvor|so)\b|\bwie (?:noch )?nie\b"
    r"|\bnichts (?:als|anderes|weiter als|Neues)\b"
    r"|\bohne(?:hin|dies| weiteres| Weiteres| Zweifel| Frage| Ende)\b"
    r"|\bnicht\?|\bNicht-\w+|\bNichts\b|\bnicht(?= (?:einmal|bloß) )"
    r"|[„\"»“]\s*(?:Nein|Nicht|Nie)\b",
    re.IGNORECASE,
)
# All that can carry the negation in English, generously: affixes, verbs, quantities.
_ENGLISH_SIGNAL = re.compile(
    r"\b(?:no|not|never|nor|none|nobody|nothing|nowhere|neither|cannot|without|"
    r"n[o']t|non|nay|nope|aint|dont|cant|wont|didnt|naught|nought|"
    r"hardly|barely|scarcely|rarely|seldom|little|less|unless|until|instead|rather|"
    r"otherwise|apart|versus|regardless|zero|nil|wrong\w*|false\w*|empty|absen\w+|"
    r"yet to|anti(?!c)\w*|neglect\w*|resist\w*|contrary|reluctan\w+|loath|"
    r"fail\w*|refus\w+|den(?:y|ie[sd]|ying|ial)|reject\w*|lack\w*|miss(?:ed|ing|es)|"
    r"avoid\w*|los(?:t|e|es|ing)|prevent\w*|stop\w*|ceas\w+|"
    r"keep from|kept from|oppos\w+|ignor\w+|"
    r"exclud\w+|exempt\w*|declin\w+|bann?ed|forb\w+|prohibit\w*|withh\w+|abandon\w*|"
    r"forg[eo]t\w*|doubt\w*|unable|short(?:age|fall)?|"
    r"out of (?:the question|work|\w+ danger|danger|order|stock|reach|bounds|sight)|"
    r"rid|skip\w*|omit\w*|deprived|devoid|minus|shun\w*|bypass\w*|refrain\w*|"
    r"un(?!der|it|iq|iv|ion|if|il|less|til)\w{3,}|"
    r"in\w{2,}[ai]b(?:le|ly|ility)|"
    r"in(?:accura|activ|adequa|appropria|cessan|coheren|complet|conclus|consisten|"
    r"correct|depend|different|direct|effect|efficien|experienc|formal|human|just|"
    r"noc|san|secur|signific|solven|sufficien|toleran|valid|volunt)\w*|"
    r"im(?:matur|mobil|moral|mun|partial|passab|patien|perfect|person|possib|poten|"
    r"practic|prob|prop|prud)\w*|il(?:leg|lic|lit|log)\w*|irr(?:at|eg|el|ep|es|ev)\w*|"
    r"dis(?!tri|tan|cus|pla|cover|cip|tin|ast|eas|h\\b)\w{4,}|mis(?!s)\w{4,}|non\w+|"
    r"\w{3,}less(?:ly|ness)?|\w{2,}-free|counter\w+)\b|n[’'´`]t\b",
    re.IGNORECASE,
)
_COORDINATION = re.compile(r"\bn?or\b", re.IGNORECASE)
# What negates an English clause beyond doubt.
_ENGLISH = re.compile(
    r"\b(?:not|never|nobody|nothing|nowhere|neither|cannot|without|no one)\b"
    r"|\w+n[’'´`]t\b|\bno (?=[a-z])",
    re.IGNORECASE,
)
_ENGLISH_HARMLESS = re.compile(
    r"\bnot (?:only|just|merely|least|to mention|even|far|until|so much|simply|long|"
    r"all|enough)\b|\bno (?:longer|later|more|less|fewer|doubt|sooner|matter|wonder|"
    r"secret|question)\b|\b(?:whether|if) or not\b|\bor not\b|\bnothing but\b"
    r"|\bwithout (?:further|more) ado\b|\bnothing short of\b"
    r"|\b(?:could|can) ?n['’o]t help\b|\bwhy not\b|\bNot\b(?= (?:for|a|in|that)\b)"
    r"|\b(?:is|are|was|were|do|does|did|has|have|had|would|could|can|wo|should)n['’]t "
    r"(?:it|he|she|they|we|you|I|there)\b|\bno\.? ?\d",
    re.IGNORECASE,
)
# All that can carry a negation in German.
_GERMAN_SIGNAL = re.compile(
    r"\b(?:nicht\w*|kein\w*|ohne\w*|nie(?!d)\w*|nirgend\w*|nein\w*|nee|weder|kaum|"
    r"wenig\w*|selten\w*|statt(?!f)|anstatt|anstelle|stattdessen|außer|ausge(?:nomm|schl|"
    r"blieb|fall)\w*|erst|bevor|sonst|"
    r"falsch\w*|fehl\w+|verfehl\w+|verpass\w+|verwei[g]\w+|verhinder\w*|"
    r"verzicht\w*|vermeid\w*|vermied\w*|verbot\w*|verbiet\w*|vernein\w*|leer\w*|"
    r"vergess\w+|verga(?:ß|ss)\w*|verl[oi]r\w*|verwehr\w*|vers?ag\w*|untersag\w*|"
    r"unterl(?:ass|ieß)\w*|unterb(?:lieb|leib)\w*|ab(?:ge)?l[ea]h?n\w*|lehn\w+|"
    r"bestr(?:eit|itt)\w*|zurückh\w+|zurückge(?:wie|zog)\w*|dementier\w*|ignorier\w*|"
    r"mangel\w*|mangl\w+|vermiss\w+|hinder\w*|gehindert|scheiter\w*|gescheitert\w*|"
    r"weiger\w*|geweigert|stopp\w*|gestoppt\w*|null|nicht-\w+|(?:be)?zweif\w+|"
    r"hätten?|nur schwer|schwer(?:lich|fallen|fällt| zu)|anders|egal|"
    r"gleichgültig|entgegen|fern|"
    r"un(?!ter|ser|s\b|d\b|i|garn|gefähr|längst|mittelbar)\w{3,}|miss(?!ion|t)\w{3,}|"
    r"in(?:akt|kompe|konse|korre|effi|effek|tol|stabil|diskut)\w+|im(?:mobil|per|pot)\w+|"
    r"il(?:leg|liq|loy)\w+|irr(?:a|e[gl])\w+|des(?:inter|ill)\w+|dis(?:kr|qu)\w+|"
    r"anti\w+|\w{3,}los(?:e[mnrs]?|igkeit)?|\w{3,}(?:frei|leer|widrig)(?:e[mnrs]?)?|"
    r"\w*(?:stopp|verbot|mangel|unfähig|verzicht|verlust)\w*|entf(?:ä|ie)ll?\w+|"
    r"entz[oi]\w+|blockier\w*|gesperr\w*|sperr\w*|aufge(?:hör|geben)\w*|aufh\w+|"
    r"ausbl(?:eib|ieb)\w*|ausfall\w*|ausschl(?:ie|o)\w+|erspar\w*|von wegen|"
    r"schweig\w*|geschwiegen|schwieg\w*|verstumm\w*|versandet\w*|"
    r"nimmer|net|frühestens|hüte[nt]?|zuwider\w*|sondergleichen|freihändig\w*|"
    r"bleiben l(?:ä|a)(?:ss|ß)\w*|wink\w* ab|abgewunken|abwink\w*|"
    r"Gegenteil|höchstens|allenfalls|lediglich|trotz\w*|obwohl|jenseits)\b",
    re.IGNORECASE,
)


def negates(source: str) -> bool:
    """Say whether a German text negates something beyond doubt.

    >>> negates("Er kommt nicht."), negates("Nicht nur er kommt.")
    (True, False)
    """
    return bool(_certain(_GERMAN, _HARMLESS, source))


def check_negation(source: str, target: str) -> list[Finding]:
    """Find a negation that one side has and the other shows no sign of.

    >>> [found.message for found in check_negation("Er kommt nicht.", "He comes.")]
    ['"nicht" has no counterpart']
    """
    findings = []
    asked = _certain(_GERMAN, _HARMLESS, source)
    carried = sum(1 for _ in _ENGLISH_SIGNAL.finditer(target))
    # "kein Arzt und keine Klinik" is "no doctor or hospital".
    shared = len(asked) < 2 or _COORDINATION.search(target)
    if asked and not carried:
        for match in asked:
            message = f'"{match.group()}" has no counterpart'
            findings.append(Finding(KIND, "major", message, match.span(), None))
    elif carried < len(asked) and not shared:
        # Which of them is lost, nothing here can tell.
        lost = f"{len(asked) - carried} of {len(asked)} negations"
        words = ", ".join(f'"{match.group()}"' for match in asked)
        span = (asked[0].start(), asked[-1].end())
        message = f"{lost} without a counterpart: {words}"
        findings.append(Finding(KIND, "major", message, span, None))
    said = _certain(_ENGLISH, _ENGLISH_HARMLESS, target)
    if said and not _GERMAN_SIGNAL.search(source):
        for match in said:
            message = f'"{match.group().strip()}" is not in the source'
            findings.append(Finding(KIND, "major", message, None, match.span()))
    return findings


def _certain(
    pattern: re.Pattern[str], harmless: re.Pattern[str], text: str
) -> list[re.Match[str]]:
    """Return the matches that no harmless phrase covers."""
    covered = [match.span() for match in harmless.finditer(text)]
    return [
        match
        for match in pattern.finditer(text)
        if not any(
            start < match.end() and match.start() < end for start, end in covered
        )
    ]
