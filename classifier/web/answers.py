"""Answers of the service as bytes."""

from typing import Any

import msgspec
from starlette.responses import Response


def as_json(value: Any, status: int = 200) -> Response:
    """A value as JSON; nan and lone surrogates do not occur in what we answer."""
    return Response(msgspec.json.encode(value), status, media_type="application/json")


def refused(status: int, code: str, message: str, remedy: str) -> Response:
    """Why a request is not answered: ``{"error": {"code", "message", "remedy"}}``."""
    return as_json({"error": {"code": code, "message": message, "remedy": remedy}}, status)
