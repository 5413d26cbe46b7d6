"""`misinfo serve`: the local page and HTTP service."""

import socket
from typing import Annotated

import typer

from classifier.cli.exits import tell
from classifier.cli.options import Model
from classifier.errors import InputError

ADDRESS = "127.0.0.1"  # this computer only


def serve(
    model: Model = None,
    port: Annotated[int, typer.Option("--port", min=0, max=65_535, help="0 takes any free port.")] = 8321,
) -> None:
    """Serve a page for pasted texts and files, and the same over HTTP, on this computer only."""
    try:
        import uvicorn

        from classifier.web.app import create_app
    except ModuleNotFoundError as error:
        raise InputError(
            f"the page needs {error.name}, which is not installed; install the extra: pip install"
            " 'misinfo-signals[web]'"
        ) from error
    from classifier.io.bundle import load_scorer

    scorer = load_scorer(model)
    if changed := scorer.bundle.check():
        tell(changed)
    app = create_app(scorer, fault=lambda place: tell(f"an answer failed ({place}); please report it"))
    with _bound(port) as bound:
        server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, access_log=False, server_header=False, timeout_keep_alive=5)
        )
        tell(f"open http://{ADDRESS}:{bound.getsockname()[1]}/ in a browser; Ctrl+C ends it")
        try:
            server.run(sockets=[bound])
        except KeyboardInterrupt:  # uvicorn has ended what was open, and passes on what the user pressed
            tell("ended; nothing was stored")


def _bound(port: int) -> socket.socket:
    """A socket on this computer's own address that already listens; InputError where the port is taken."""
    try:
        return socket.create_server((ADDRESS, port))
    except OSError as error:
        raise InputError(
            f"port {port} can't be used ({(error.strerror or 'refused').lower()}); name another with --port"
        ) from error
