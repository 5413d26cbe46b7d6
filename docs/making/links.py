"""Whether everything in the built site leads somewhere, and nothing is fetched from elsewhere when it is read."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# What a browser fetches by itself. Links a reader follows may lead out; these may not.
FETCHED = {
    "script": ("src",),
    "img": ("src", "srcset"),
    "iframe": ("src",),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "embed": ("src",),
    "object": ("data",),
}
FETCHING_LINKS = {
    "stylesheet",
    "icon",
    "preload",
    "modulepreload",
    "preconnect",
    "dns-prefetch",
    "prefetch",
    "manifest",
}
_URL = re.compile(r"""(?:@import\s+["']|url\(\s*["']?)(?!data:|#)([^"')]+)""")


class Page(HTMLParser):
    """The ids of a page, what it links to, and what it fetches."""

    def __init__(self, html: str) -> None:
        """Read the whole page."""
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.fetched: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = {name: value for name, value in attrs if value is not None}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "link" and FETCHING_LINKS & set(given.get("rel", "").split()):
            self.fetched.append(given["href"])
        self.fetched += [given[name] for name in FETCHED.get(tag, ()) if name in given]


def faults(site: Path) -> Iterator[str]:
    """Each broken link, bad address and thing fetched from elsewhere, as "page: what"."""
    pages = {path: Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        name = path.relative_to(site).as_posix()
        for link in page.fetched:
            if urlsplit(link).netloc:
                yield f"{name}: fetches {link}"
            elif fault := _broken(link, path, site, pages):
                yield f"{name}: {fault}"
        for link in page.links:
            if fault := _broken(link, path, site, pages):
                yield f"{name}: {fault}"
    for path in sorted(site.rglob("*.css")):
        for address in _URL.findall(path.read_text(encoding="utf-8")):
            if urlsplit(address).netloc:
                yield f"{path.relative_to(site).as_posix()}: fetches {address}"


def _broken(link: str, path: Path, site: Path, pages: dict[Path, Page]) -> str | None:
    parts = urlsplit(link)
    if parts.scheme in ("http", "https"):  # not asked for: only whether it can be an address at all
        return (
            None
            if re.fullmatch(r"[\w-]+(\.[\w-]+)+(:\d+)?|127\.0\.0\.1(:\d+)?", parts.netloc)
            else f"bad address {link}"
        )
    if parts.scheme or parts.netloc:
        return None if parts.scheme in ("mailto", "data") else f"bad address {link}"
    start = site if parts.path.startswith("/") else path.parent
    aim = (start / unquote(parts.path).lstrip("/")).resolve() if parts.path else path
    if aim.is_dir():
        aim /= "index.html"
    if not aim.is_file():
        return f"{link} leads nowhere"
    if parts.fragment and aim in pages and unquote(parts.fragment) not in pages[aim].ids:
        return f"{link} names a place that {aim.relative_to(site).as_posix()} has not"
    return None
