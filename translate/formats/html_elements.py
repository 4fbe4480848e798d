"""The elements and attributes of HTML by what they are to a translator."""

from __future__ import annotations

import re
from typing import Final

# Elements within a sentence. All others, unknown ones too, end it.
INLINE: Final = frozenset(
    re.findall(
        r"\w+",
        """
        a abbr acronym b bdi bdo big cite data del dfn em font i ins label mark nobr q
        picture rb rp rt ruby s small span strike strong sub sup time tt u
        """,
    )
)
# Elements that stand within a sentence, but are none of its words.
WITHOUT_TEXT: Final = frozenset(
    re.findall(
        r"\w+",
        """
        area audio canvas embed iframe img input link math meta noembed object
        script source style svg template track video wbr
        """,
    )
)
# Of those, what a reader sees as the end of a text, or does not see at all.
BETWEEN_TEXTS: Final = frozenset(
    re.findall(
        r"\w+",
        """
        audio embed iframe input noembed object script style template video
        """,
    )
)
# Of those again, what shows nothing at all, not even a title.
UNSEEN: Final = frozenset(["script", "style", "template"])
# Elements of an inline SVG that say what it shows.
SAID_OF_PICTURE: Final = frozenset(["title", "desc"])
# Elements that belong to the word before them.
ATTACHED: Final = frozenset(["rb", "rp", "rt", "sub", "sup"])
VOID: Final = frozenset(
    re.findall(r"\w+", "area embed img input link meta source track wbr br hr col base")
)
# Within a sentence like a name: the words stay.
CODE: Final = frozenset(["code", "kbd", "samp", "var"])
UNTOUCHED: Final = frozenset(["pre", "textarea", "xmp", "noframes"])

HEADINGS: Final = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "title", "caption"])
# In a heading, what is set above or before it, and is no part of its sentence.
KICKER: Final = re.compile(
    r"(?:^|[\s_-])(?:kicker|overline|roofline|topline|toptitle|supertitle|pretitle|eyebrow"
    r"|dachzeile|spitzmarke|rubrik|ressort)(?:$|[\s_-])",
    re.IGNORECASE,
)
ITEMS: Final = frozenset(["li", "dt", "dd", "option"])
CELLS: Final = frozenset(["td", "th"])

# What says what its text is, and what ends that if its own end tag is missing.
NAMED: Final = HEADINGS | ITEMS | CELLS | {"ul", "ol", "dl", "table", "select"}

ATTRIBUTES: Final = frozenset(
    ["alt", "title", "placeholder", "aria-label", "aria-description"]
)
# Elements that show their label; the last is of Docusaurus.
LABELLED: Final = frozenset(["optgroup", "option", "track", "tabitem"])
# <meta name=…, property=… or itemprop=…> whose content is text.
META: Final = frozenset(
    [
        "description",
        "keywords",
        "og:title",
        "og:description",
        "og:site_name",
        "og:image:alt",
        "twitter:title",
        "twitter:description",
        "twitter:image:alt",
    ]
)
BUTTONS: Final = frozenset(["submit", "button", "reset"])
