"""Reads a page as a browser would: its elements, their text, and whether every one is closed."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "link", "br"}


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    pieces: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(piece if isinstance(piece, str) else piece.text for piece in self.pieces)

    def all(self, name: str) -> list["Element"]:
        """Elements of that name inside, in order."""
        found = []
        for piece in self.pieces:
            if isinstance(piece, Element):
                found += [piece] if piece.name == name else []
                found += piece.all(name)
        return found

    def by_id(self, name: str) -> "Element":
        (found,) = [e for e in self.everything() if e.attributes.get("id") == name]
        return found

    def everything(self) -> list["Element"]:
        inside = [piece for piece in self.pieces if isinstance(piece, Element)]
        return [e for piece in inside for e in (piece, *piece.everything())]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", {})
        self.open = [self.root]

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> has an attribute twice"
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].pieces.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data):
        self.open[-1].pieces.append(data)


def read_page(page: str) -> Element:
    """The document; an element that is closed wrongly or never fails."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert reader.open == [reader.root], f"<{reader.open[-1].name}> is never closed"
    return reader.root


def marks(page: Element) -> dict[int, list[Element]]:
    """The pieces of each mark in order, by the mark's number."""
    found: dict[int, list[Element]] = {}
    for mark in page.all("mark"):
        name = mark.attributes.get("data-m") or mark.attributes["id"]
        found.setdefault(int(name[1:]), []).append(mark)
    return found
