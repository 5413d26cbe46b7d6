"""The HTML document around a page: one file with its style and script inside, and a policy that allows nothing else."""

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple

from classifier.text.escape import escaped


class Assets(NamedTuple):
    """The style and script of one sort of page, as they stand in its document."""

    style: str
    script: str

    def policy(self) -> str:
        """The content security policy under which both run, and nothing that a text might bring along."""
        return (
            f"default-src 'none'; style-src {_hash(self.style)}; script-src {_hash(self.script)};"
            " base-uri 'none'; form-action 'none'"
        )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'"


_FILES: Mapping[str, tuple[tuple[str, ...], str]] = {
    "report": (("base.css", "report.css"), "report.js"),
    "comparison": (("base.css", "report.css", "comparison.css"), "report.js"),
    "batch": (("base.css", "batch.css"), "batch.js"),
}


@cache
def assets(name: str) -> Assets:
    """Style and script of "report" (one article), "comparison" (two versions of one) or "batch" (many)."""
    here = resources.files(__package__)

    def file(path: str) -> str:
        return here.joinpath(path).read_text(encoding="utf-8")

    styles, script = _FILES[name]
    return Assets("".join(map(file, styles)), file(script))


def framed(name: str, title: str, body: str) -> str:
    """A whole document. Its script stands behind the body, for it reads it."""
    style, script = assets(name)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{escaped(assets(name).policy())}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escaped(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{body}\n<script>{script}</script>\n</body>\n</html>\n"
    )


def section(name: str, heading: str, content: str) -> str:
    """A part of a page with its heading; `name` is its id."""
    return f'<section id="{name}" aria-labelledby="{name}-h">\n<h2 id="{name}-h">{heading}</h2>\n{content}</section>\n'
