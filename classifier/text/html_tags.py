"""What is known of HTML elements by their names and attributes, as flags for all that stands inside them."""

import re
from typing import NamedTuple


def _names(line: str) -> frozenset[str]:
    return frozenset(line.split())


VOID = _names("area base br col embed hr img input link meta param source track wbr")
RAW_TEXT = _names("script style textarea title iframe noembed noframes xmp")
HIDDEN = _names("head template noscript svg select datalist object video audio canvas")
IN_HEAD = _names("base link meta noscript script style template title object")
BLOCK = _names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre "
    "search section summary table tbody td tfoot th thead tr ul"
)
LISTS = _names("ul ol menu dir")
CLOSED_BY_SELF = {  # an open one of the values ends where the key begins, save across a list or table
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "tr": frozenset({"tr", "td", "th"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
}

# What holds inside an element, inherited by all it contains.
UNSEEN = 1
PREFORMATTED = 2
FURNITURE = 4  # the element itself says so: nav, aside, footer
FURNITURE_BY_NAME = 8  # only a class, an id or a header says so
CAPTION = 16
LIST = 32
BYLINE = 64
HEADING = 128
NOT_HEADLINE = 256
HEADLINE = 512
MAIN = 1024
PARAGRAPH = 2048
FORM = 4096  # furniture, unless an article stands in it: some sites wrap the whole page

OWN = {
    "pre": PREFORMATTED,
    "nav": FURNITURE,
    "aside": FURNITURE,
    "footer": FURNITURE,
    "button": FURNITURE,
    "menu": FURNITURE,
    "dialog": FURNITURE,
    "form": FORM,
    "header": FURNITURE_BY_NAME,
    "figure": CAPTION,
    "figcaption": CAPTION,
    "li": LIST,
    "h1": HEADING,
    "main": MAIN,
    "p": PARAGRAPH,
} | dict.fromkeys(HIDDEN, UNSEEN)

_ATTRIBUTE = re.compile(r"""([a-zA-Z:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?""")
_TELLING = re.compile(r"class|id\s*=|rel\s*=|itemprop|role|hidden|display", re.IGNORECASE)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_WORD_OF_FURNITURE = re.compile(
    r"(?<![a-z])(?<!has-)(?<!no-)(?<!with-)(?<!without-)(?<!tag-)(?<!category-)(?<!topic-)"
    r"(?:comments?|disqus|related|share|shares|sharing|social|cookies?|consent|newsletters?|promos?|promotions?"
    r"|sidebars?|menus?|navigation|navbar|breadcrumbs?|most-?(?:read|popular|viewed)|trending|recirc\w*"
    r"|recommended|recommendations|subscribe|subscriptions?|paywall|advert\w*|ads?|sponsored|skip-link"
    r"|read-?more|also-read|author-?(?:bio|box|card|info|profile)|about-author)(?![a-z])"
)
_WORD_OF_CAPTION = re.compile(r"(?<![a-z])(?:caption|captions|photo-?credit|image-?credit)(?![a-z])")
_WORD_OF_BYLINE = re.compile(r"(?<![a-z])(?:byline|by-line|authors?)(?![a-z])")
_WORD_OF_BODY = re.compile(
    r"(?<![a-z])(?:article|entry|post|story)-?(?:body|content|text)(?![a-z])|articlebody"
)
_WORD_OF_SITE = re.compile(r"(?<![a-z])(?:logo|brand|branding|masthead|site-?(?:title|name|header))(?![a-z])")
_FURNITURE_ROLES = _names("navigation banner contentinfo complementary search dialog menu")
_UNSEEN_STYLE = re.compile(r"display\s*:\s*none", re.IGNORECASE)


class Traits(NamedTuple):
    """What the attributes of one start tag say of its element."""

    flags: int
    is_body: bool  # itemprop="articleBody"


NO_TRAITS = Traits(0, False)


def traits_of(name: str, attributes: str) -> Traits:
    """Read class, id, rel, itemprop, role, style and hidden of a start tag; `attributes` as in the source."""
    if not _TELLING.search(attributes):
        return NO_TRAITS
    values = {
        found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(attributes)
    }
    flags = 0
    properties = values.get("itemprop", "").lower().split()
    is_body = "articlebody" in properties
    if "headline" in properties:
        flags |= HEADLINE
    words = _HUMP.sub("-", f"{values.get('class', '')} {values.get('id', '')}").lower().replace("_", "-")
    if name not in ("html", "body", "main"):
        named_body = is_body or _WORD_OF_BODY.search(words) is not None
        # Classes of an <article> also list its subjects; there only the first word is its own.
        told = words.lstrip().split(" ")[0] if name == "article" else words
        if not named_body and _WORD_OF_FURNITURE.search(told):
            flags |= FURNITURE_BY_NAME
        if values.get("role", "").lower() in _FURNITURE_ROLES:
            flags |= FURNITURE
        if _UNSEEN_STYLE.search(values.get("style", "")) or "hidden" in values:
            flags |= UNSEEN
        if name != "article":
            if _WORD_OF_CAPTION.search(words):
                flags |= CAPTION
            if (
                _WORD_OF_BYLINE.search(words)
                or "author" in properties
                or "author" in values.get("rel", "").lower().split()
            ):
                flags |= BYLINE
        if _WORD_OF_SITE.search(words):
            flags |= NOT_HEADLINE
    if values.get("role", "").lower() == "main":
        flags |= MAIN
    return Traits(flags, is_body)
