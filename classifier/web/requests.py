"""What a request holds: one article as JSON or as the bytes of a file, or many as JSON Lines."""

import io
from collections.abc import Iterator
from dataclasses import replace
from email.message import Message

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from classifier.errors import MisinfoError
from classifier.io.columns import Columns
from classifier.io.decode import decode
from classifier.io.read import read
from classifier.io.records import Refusal, is_blank
from classifier.text.document import Document, Reject

COLUMNS = Columns(text="text", title="title", id="id")


class Article(BaseModel):
    """One article; offsets in the answer count code points of `text`."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(description="The article: plain text, or the source of an HTML page.")
    title: str | None = Field(None, description="The headline, where it is not in the text.")
    id: str = Field("pasted text", description="What the answer calls the article.")
    markup: bool | None = Field(None, description="Whether the text is HTML; null: look and decide.")


class Refused(MisinfoError):
    """A request that can't be answered, with its HTTP status and code."""

    def __init__(self, status: int, code: str, message: str, remedy: str) -> None:
        super().__init__(f"{message}; {remedy}")
        self.status, self.code, self.message, self.remedy = status, code, message, remedy


def article(body: bytes, content_type: str, name: str | None) -> Document:
    """The article of a request: JSON (`Article`), or a text or HTML file as it is.

    `name` is the id of a file. Raises `Refused`.
    """
    kind, charset = _content_type(content_type)
    if kind == "application/json":
        document = _from_json(body)
    elif kind in ("text/plain", "text/html"):
        document = _from_file(body, name or "file", charset, page=kind == "text/html")
    else:
        raise Refused(
            415,
            "wrong_type",
            f"the content type {kind or '(none)'} is not understood",
            "send application/json, text/plain or text/html",
        )
    if is_blank(document.raw):
        raise Refused(422, "empty_text", "the text is empty or only white space", "give a text")
    return document


def _content_type(header: str) -> tuple[str, str | None]:
    message = Message()
    message["content-type"] = header or "application/octet-stream"
    charset = message.get_param("charset")
    return message.get_content_type(), charset if isinstance(charset, str) else None


def _from_json(body: bytes) -> Document:
    try:
        found = Article.model_validate_json(body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(map(str, first["loc"]))
        code = "invalid_json" if first["type"] == "json_invalid" else "wrong_request"
        what = f"{where}: {first['msg']}" if where else str(first["msg"])
        raise Refused(422, code, what, "see /openapi.json for what an article is") from None
    return Document(found.id, found.text, found.title, found.markup)


def _from_file(body: bytes, name: str, charset: str | None, *, page: bool) -> Document:
    try:
        text = decode(body, encoding=charset, where=name, page=page).text
    except Refusal as refusal:
        raise Refused(
            422, refusal.code, f"{name} {refusal.what}", "save it as plain text or HTML in UTF-8"
        ) from None
    return Document(name, text, markup=True if page else None)


def records(body: bytes) -> Iterator[Document | Reject]:
    """The records of a batch, JSON Lines with the keys text, title and id. Raises `Refused`."""
    try:
        for record in read(
            ["-"], columns=COLUMNS, encoding="utf-8", input_format="jsonl", stdin=io.BytesIO(body)
        ):
            yield replace(record, file="batch") if isinstance(record, Reject) else record
    except Refusal as refusal:
        raise Refused(422, refusal.code, refusal.what, "send one JSON object with a text a line") from None
