"""What stands before every request: who may ask, how much and how long, and what no answer is without.

The service listens on this computer only, but every web page open in a browser can send requests there. So the
name in the Host header must be this computer's (a page elsewhere can point a name of its own at 127.0.0.1), and
a request that a page sends must come from our own page (Origin, Sec-Fetch-Site).
"""

import asyncio
from collections.abc import Callable, Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from classifier.web.answers import refused
from classifier.web.limits import Limits

HOSTS = frozenset({"127.0.0.1", "localhost"})
_ALWAYS: Mapping[str, str] = {
    "cache-control": "no-store",
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """ASGI middleware around the whole service.

    `fault` is told where an answer failed for a reason of ours: the error's type and the line of code, never
    its message, which may hold words of an article.
    """

    def __init__(self, app: ASGIApp, limits: Limits, fault: Callable[[str], None]) -> None:
        self._app = app
        self._limits = limits
        self._fault = fault

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or pass it on with its whole body."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def answered(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        refusal = _foreign(scope["method"], headers)
        if refusal is not None:
            await refused(403, "not_allowed", *refusal)(scope, receive, answered)
            return
        most = self._limits.batch_bytes if scope["path"].endswith("/batch") else self._limits.article_bytes
        try:
            body = await asyncio.wait_for(_body(headers, receive, most), self._limits.receive_seconds)
        except TimeoutError:
            await refused(408, "too_slow", "the request did not arrive in time", "send it again")(
                scope, receive, answered
            )
            return
        if body is None:
            await refused(
                413, "too_large", f"the request is larger than {most:,} bytes", "send a smaller text"
            )(scope, receive, answered)
            return

        async def whole() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        try:
            await self._app(scope, whole, answered)
        except Exception as error:  # noqa: BLE001  the server would log its message, and with it words of the text
            self._fault(_place(error))
            if not started:
                await refused(500, "internal", "the answer failed for a reason of ours", "please report it")(
                    scope, receive, answered
                )


def _foreign(method: str, headers: Headers) -> tuple[str, str] | None:
    """What is wrong with where a request comes from, and what to do; None if nothing is."""
    host = headers.get("host", "")
    name, colon, port = host.partition(":")
    if name.lower() not in HOSTS or (colon and not port.isdecimal()):
        return "the request names another computer in its Host header", "ask 127.0.0.1 or localhost"
    origin = headers.get("origin")
    if origin is not None and origin != f"http://{host}":
        return "the request comes from another page", "use the page at this address"
    if method not in ("GET", "HEAD") and headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return "the request comes from another page", "use the page at this address"
    return None


async def _body(headers: Headers, receive: Receive, most: int) -> bytes | None:
    """The whole body; None if it is larger than `most` bytes."""
    length = headers.get("content-length", "0")
    if not length.isdecimal() or int(length) > most:
        return None
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > most:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body", False):
            return bytes(body)


def _place(error: BaseException) -> str:
    """The type of an error and the line that raised it."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    where = f" at {trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace is not None else ""
    return f"{type(error).__name__}{where}"
