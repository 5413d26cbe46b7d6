"""`misinfo serve` as a process: it says where it is, answers there alone, and ends quietly."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable

import pytest
from cli_runs import Ran, command

Run = Callable[..., Ran]


@pytest.mark.skipif(os.name == "nt", reason="Ctrl+C is sent as a POSIX signal")
def test_it_says_where_it_is_answers_and_ends_with_ctrl_c(small_model) -> None:
    call = command("serve", "--port", "0", "--model", small_model)
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            line = running.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+/", line)[0]
            assert b'"ok"' in urllib.request.urlopen(f"{address}health", timeout=20).read()
            asked = urllib.request.Request(
                f"{address}v1/mark", b"A secret may be told.", {"content-type": "text/plain"}
            )
            assert b'"may"' in urllib.request.urlopen(asked, timeout=20).read()
        finally:
            running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
    assert running.returncode == 0
    assert out == ""
    assert err == "misinfo: ended; nothing was stored\n"


def test_a_port_that_is_taken_is_said(misinfo: Run, small_model) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = misinfo("serve", "--port", taken.getsockname()[1], "--model", small_model)
    assert ran.code == 2
    assert "name another with --port" in ran.err


def test_without_the_extra_it_says_what_to_install(misinfo: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    ran = misinfo("serve")
    assert ran.code == 2
    assert "pip install 'misinfo-signals[web]'" in ran.err
