"""The words that perturbations put for each other."""

from __future__ import annotations

AUXILIARIES = (
    "is|are|was|were|be|been|do|does|did|has|have|had|will|would|can|could|should|"
    "must|may|might"
)

MALE_TO_FEMALE = {"he": "she", "him": "her", "his": "her", "himself": "herself"}
FEMALE_TO_MALE = {"she": "he", "hers": "his", "herself": "himself"}

MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
WEEKDAYS = (
    *("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
)


def _both_ways(pairs: str) -> dict[str, str]:
    table: dict[str, str] = {}
    for pair in pairs.split():
        first, second = pair.replace("_", " ").split("/")
        table.setdefault(first, second)
        table.setdefault(second, first)
    return table


UNITS = _both_ways(
    """
    million/billion percent/years per_cent/years euros/dollars euro/dollar
    kilometres/miles kilometers/miles km/m metres/kilometres meters/kilometers
    hours/minutes days/weeks months/years seconds/minutes year/month week/day
    hour/minute kilos/grams kg/g tonnes/kilos cm/m thousand/million
    pounds/euros francs/euros litres/millilitres degrees/percent
    """
)

ANTONYMS = _both_ways(
    """
    more/less higher/lower increase/decrease increased/decreased increasing/decreasing
    rise/fall rose/fell rising/falling before/after first/last win/lose won/lost
    always/never many/few old/new older/younger young/old large/small larger/smaller
    big/small high/low good/bad better/worse best/worst early/late earlier/later
    open/closed inside/outside above/below up/down left/right north/south east/west
    northern/southern eastern/western strong/weak stronger/weaker long/short
    longer/shorter easy/difficult possible/impossible success/failure support/oppose
    supported/opposed accepted/rejected buy/sell bought/sold winner/loser alive/dead
    cheap/expensive cheaper/more_expensive rich/poor husband/wife father/mother
    son/daughter brother/sister man/woman men/women boy/girl day/night summer/winter
    today/yesterday gain/loss gains/losses profit/loss profits/losses start/end
    started/ended beginning/end maximum/minimum most/least near/far
    majority/minority public/private positive/negative success/failure
    """
)
