"""The service: a page, and the same results over HTTP. It keeps nothing, and tells nobody what it was given."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from importlib import resources
from typing import Annotated, Any, TypeVar

import msgspec
from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from classifier.errors import FamilyError
from classifier.pages.frame import assets
from classifier.pages.report import report
from classifier.scoring.answers import SCHEMA
from classifier.scoring.scorer import Marker, Scorer
from classifier.signals.registry import BUILT_IN, load_families
from classifier.text.document import Document, Reject
from classifier.web.answers import as_json, refused
from classifier.web.guard import Guard
from classifier.web.limits import DEFAULT, Limits
from classifier.web.requests import Article, Refused, article, records

T = TypeVar("T")
FILES: Mapping[str, str] = {
    "page.css": "text/css",
    "page.js": "text/javascript",
    "report.css": "text/css",
    "report.js": "text/javascript",
}
_LINES = "application/x-ndjson"
_ABOUT = (
    "Marks signals in news text with exact offsets and scores articles. A signal is no verdict. Runs on this"
    " computer; nothing is stored, and nothing of a text is logged. Answers are those of `misinfo mark` and"
    " `misinfo score`, schema 1."
)
Name = Annotated[str | None, Query(alias="id", description="What the answer calls a file sent as it is.")]


def create_app(
    scorer: Scorer, *, limits: Limits = DEFAULT, fault: Callable[[str], None] = lambda _: None
) -> FastAPI:
    """The service around a scorer. `fault` is told of failures of ours, without a word of the text."""
    work = _Work(limits)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        work.close()

    app = FastAPI(
        title="misinfo",
        version="1",
        description=_ABOUT,
        docs_url=None,  # its page would load scripts from elsewhere
        redoc_url=None,
        lifespan=lifespan,
        responses={code: {"description": says, "model": None} for code, says in _REFUSALS.items()},
    )
    app.add_middleware(Guard, limits=limits, fault=fault)

    @app.exception_handler(Refused)
    async def _refused(_: Request, error: Refused) -> Response:
        return refused(error.status, error.code, error.message, error.remedy)

    @app.exception_handler(RequestValidationError)
    async def _wrong(_: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        what = f"{'.'.join(map(str, first['loc']))}: {first['msg']}"
        return refused(422, "wrong_request", what, "see /openapi.json")

    @app.exception_handler(HTTPException)
    async def _unknown(_: Request, error: HTTPException) -> Response:
        return refused(error.status_code, "not_found", str(error.detail).lower(), "see /openapi.json")

    async def one(request: Request, name: str | None) -> Document:
        return article(await request.body(), request.headers.get("content-type", ""), name)

    @app.get("/", include_in_schema=False)
    async def _page() -> Response:
        return Response(_static("index.html"), media_type="text/html")

    @app.get("/static/{name}", include_in_schema=False)
    async def _file(name: str) -> Response:
        if name not in FILES:
            raise HTTPException(404)
        return Response(_static(name), media_type=FILES[name])

    @app.get("/health", summary="Whether the service answers, and with which model")
    async def _health() -> dict[str, Any]:
        return {"status": "ok", "schema": SCHEMA, "model": scorer.bundle.name, "sha256": scorer.bundle.sha256}

    @app.post("/v1/mark", summary="The signals of one article", openapi_extra=_ONE)
    async def _mark(
        request: Request,
        name: Name = None,
        families: Annotated[str, Query(description="Signal families, separated by commas.")] = ",".join(
            BUILT_IN
        ),
    ) -> Response:
        document = await one(request, name)
        try:
            marker = Marker(load_families(families.split(",")))
        except FamilyError as error:
            raise Refused(422, "unknown_family", str(error), "name families of the list") from None
        return as_json(await work.done(lambda: marker.mark(document).to_dict()))

    @app.post("/v1/score", summary="The score of one article with its reasons", openapi_extra=_ONE)
    async def _score(
        request: Request,
        name: Name = None,
        signals: Annotated[bool, Query(description="Add the fields of /v1/mark.")] = False,
        all_reasons: Annotated[bool, Query(description="Every reason, not only the largest.")] = False,
        would_change: Annotated[
            bool, Query(description="Add the smallest change of signals that takes the score across 0.5.")
        ] = False,
    ) -> Response:
        document = await one(request, name)

        def scored() -> dict[str, Any]:
            return scorer.score(document).to_dict(
                signals=signals, all_reasons=all_reasons, would_change=would_change
            )

        return as_json(await work.done(scored))

    @app.post("/v1/report", summary="The page of one article, self-contained HTML", openapi_extra=_ONE)
    async def _report(request: Request, name: Name = None) -> Response:
        document = await one(request, name)
        page = await work.done(lambda: report(scorer.score(document)))
        policy = f"{assets('report').policy()}; frame-ancestors 'none'"
        return Response(page, media_type="text/html", headers={"content-security-policy": policy})

    @app.post("/v1/score/batch", summary="The scores of many articles, JSON Lines", openapi_extra=_MANY)
    async def _batch(request: Request) -> Response:
        body = await request.body()
        if body.count(b"\n") > limits.batch_records:
            what = f"the batch has more than {limits.batch_records:,} lines"
            raise Refused(413, "too_large", what, "send several, or use `misinfo score`")
        return Response(await work.done(lambda: b"".join(_scored(scorer, body))), media_type=_LINES)

    return app


def _scored(scorer: Scorer, body: bytes) -> Iterator[bytes]:
    """One line for each record, in order of the records: a score, an abstention or an error."""
    waiting: list[Document | Reject] = list(records(body))
    answers = scorer.score_many(record for record in waiting if isinstance(record, Document))
    encoder = msgspec.json.Encoder()
    for record in waiting:
        if isinstance(record, Document):
            found = next(answers).to_dict()
        else:
            error = {"code": record.code, "message": record.message, "remedy": record.remedy}
            place = {"record": record.record, "line": record.line}
            found = {"schema": SCHEMA, "id": record.id, "error": error | place}
        yield encoder.encode(found) + b"\n"


class _Work:
    """One thread that marks and scores, so that the page answers meanwhile. What waits too long is given up."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pool = ThreadPoolExecutor(1, "marking")
        self._waiting = 0

    async def done(self, job: Callable[[], T]) -> T:
        """The result of a job; `Refused` where it takes too long, or too many wait already."""
        if self._waiting >= self._limits.waiting:
            raise Refused(503, "busy", "too many requests are waiting", "try again in a moment")
        self._waiting += 1
        try:
            running = asyncio.get_running_loop().run_in_executor(self._pool, job)
            return await asyncio.wait_for(running, self._limits.work_seconds)
        except TimeoutError:
            what = f"the answer took longer than {self._limits.work_seconds:g} seconds"
            raise Refused(503, "too_slow", what, "send a shorter text") from None
        finally:
            self._waiting -= 1

    def close(self) -> None:
        """Wait for nothing more."""
        self._pool.shutdown(wait=False, cancel_futures=True)


@cache
def _static(name: str) -> str:
    """A file of the page; the report's style and script are those inside the report itself."""
    if name == "report.css":
        return assets("report").style
    if name == "report.js":
        return assets("report").script
    return resources.files(__package__).joinpath("static", name).read_text(encoding="utf-8")


_REFUSALS: Mapping[int | str, str] = {
    403: "From another page or computer",
    413: "Too large",
    415: "Content type not understood",
    422: "No article in it that can be used: error.code, error.message and error.remedy say why",
    503: "Busy, or it took too long",
}
_TEXT = {"schema": {"type": "string"}}
_ONE: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": Article.model_json_schema()},
            "text/plain": _TEXT,
            "text/html": _TEXT,
        },
    }
}
_MANY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "description": "One JSON object a line, with text, and if there are title and id.",
        "content": {_LINES: _TEXT},
    }
}
