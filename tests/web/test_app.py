"""The HTTP service: the results of the command line, refusals in words, and nothing given away."""

import json
import logging
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

import classifier
from classifier.io.bundle import load_scorer
from classifier.pages.report import report
from classifier.scoring.scorer import Scorer
from classifier.signals.registry import BUILT_IN
from classifier.web.app import create_app
from classifier.web.limits import Limits

HERE = "http://127.0.0.1:8321"
TEXT = (
    "Quay may move\n\n" + "The ferry quay could be moved by about 60 metres, Tove Arnell said on Monday. " * 9
)
LIMITS = Limits(
    article_bytes=20_000, batch_bytes=60_000, batch_records=50, receive_seconds=5, work_seconds=20
)


@pytest.fixture(scope="module")
def scorer(small_model: Path) -> Scorer:
    return load_scorer(small_model)


@pytest.fixture(scope="module")
def client(scorer: Scorer) -> Iterator[TestClient]:
    with TestClient(create_app(scorer, limits=LIMITS), base_url=HERE) as client:
        yield client


@pytest.mark.parametrize("before", ["", "🚢 ", "Cafe\u0301 ", "A\r\n\r\n", "\ufeff"])
def test_answers_are_those_of_the_command_line(before: str, client: TestClient, scorer: Scorer) -> None:
    document = classifier.Document("a", before + TEXT)
    sent = {"text": before + TEXT, "id": "a"}
    assert client.post("/v1/mark", json=sent).json() == classifier.mark(document, tuple(BUILT_IN)).to_dict()
    assert client.post("/v1/score", json=sent).json() == scorer.score(document).to_dict()
    more = client.post("/v1/score?signals=true&all_reasons=true", json=sent).json()
    assert more == scorer.score(document).to_dict(signals=True, all_reasons=True)
    assert client.post("/v1/report", json=sent).text == report(scorer.score(document))


def test_families_are_those_named(client: TestClient) -> None:
    found = client.post("/v1/mark?families=hedges,evidence", json={"text": TEXT}).json()
    assert list(found["signals"]) == ["hedges", "evidence"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("Café 🚢 it may move.\r\n".encode(), "text/plain"),
        ("Café it may move.".encode("cp1252"), "text/plain"),
        ("Café 🚢 it may move.".encode("utf-16"), "text/plain"),
        ("Café it may move.".encode("latin-1"), "text/plain; charset=latin-1"),
        ('<html><meta charset="latin-1"><p>Café it may move.</p>'.encode("latin-1"), "text/html"),
    ],
)
def test_files_are_decoded_as_files_are(data: bytes, kind: str, client: TestClient, tmp_path: Path) -> None:
    from classifier.io.decode import decode

    charset = kind.partition("charset=")[2] or None
    raw = decode(data, encoding=charset, where="x", page=kind == "text/html").text
    document = classifier.Document("x", raw, markup=True if kind == "text/html" else None)
    answer = client.post("/v1/mark?id=x&families=hedges", content=data, headers={"content-type": kind}).json()
    assert answer == classifier.mark(document, ("hedges",)).to_dict()
    assert [hedge["text"] for hedge in answer["signals"]["hedges"]] == ["may"]


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"", "application/json", 422, "invalid_json"),
        (b"{", "application/json", 422, "invalid_json"),
        (b"[]", "application/json", 422, "wrong_request"),
        (b'{"text": 3}', "application/json", 422, "wrong_request"),
        (b'{"title": "x"}', "application/json", 422, "wrong_request"),
        (b'{"text": "x", "colour": "red"}', "application/json", 422, "wrong_request"),
        (b'{"text": "\\ud800 may"}', "application/json", 422, "invalid_json"),
        (b'{"text": " \\n "}', "application/json", 422, "empty_text"),
        (b"  \n", "text/plain", 422, "empty_text"),
        (b"%PDF-1.7 may", "text/plain", 422, "unreadable"),
        (b"It may \x81\x8d\x8f move.", "text/plain", 422, "invalid_utf8"),
        (b"x", "text/plain; charset=none-such", 422, "unreadable"),
        (b"x", "application/x-www-form-urlencoded", 415, "wrong_type"),
        (b"x", "", 415, "wrong_type"),
        (b"x" * 20_001, "text/plain", 413, "too_large"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/mark", "/v1/score", "/v1/report"])
def test_what_is_no_article_is_refused_in_words(
    path: str, body: bytes, kind: str, status: int, code: str, client: TestClient
) -> None:
    answer = client.post(path, content=body, headers={"content-type": kind} if kind else {})
    assert answer.status_code == status
    error = answer.json()["error"]
    assert error["code"] == code
    assert error["message"]
    assert error["remedy"]


def test_a_body_without_a_length_is_bounded_too(client: TestClient) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 1000

    answer = client.post("/v1/mark", content=pieces(), headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


def test_unknown_families_parameters_and_paths_are_refused(client: TestClient) -> None:
    unknown = client.post("/v1/mark?families=irony", json={"text": TEXT})
    assert (unknown.status_code, unknown.json()["error"]["code"]) == (422, "unknown_family")
    wrong = client.post("/v1/score?signals=perhaps", json={"text": TEXT})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (422, "wrong_request")
    for answer in (client.get("/v2"), client.get("/static/../app.py"), client.get("/static/app.py")):
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert client.get("/v1/mark").status_code == 405


def test_a_batch_has_one_line_a_record_in_order(client: TestClient, scorer: Scorer) -> None:
    lines = [json.dumps({"id": "a", "text": TEXT}), "{", json.dumps({"id": "b", "text": "Short."})]
    lines += [json.dumps({"id": "c", "text": ""}), json.dumps({"id": "a", "text": TEXT})]
    answer = client.post(
        "/v1/score/batch", content="\n".join(lines), headers={"content-type": "application/x-ndjson"}
    )
    assert answer.headers["content-type"] == "application/x-ndjson"
    found = [json.loads(line) for line in answer.text.splitlines()]
    assert found[0] == scorer.score(classifier.Document("a", TEXT)).to_dict()
    assert found[2]["abstained"]["code"] == "not_running_text"
    errors = {f["error"]["record"]: f["error"]["code"] for f in found if "error" in f}
    assert errors == {2: "invalid_json", 4: "empty_text", 5: "duplicate_id"}
    assert all(sum(key in f for key in ("score", "abstained", "error")) == 1 for f in found)


def test_a_batch_is_bounded_and_must_hold_texts(client: TestClient) -> None:
    many = client.post("/v1/score/batch", content=b'{"text": "x"}\n' * 60)
    assert (many.status_code, many.json()["error"]["code"]) == (413, "too_large")
    none = client.post("/v1/score/batch", content=b'{"words": "x"}\n')
    assert (none.status_code, none.json()["error"]["code"]) == (422, "missing_text")
    huge = client.post("/v1/score/batch", content=b"x" * 60_001)
    assert (huge.status_code, huge.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8321",
        "127.0.0.1.evil.example",
        "",
        "192.168.0.7",
        "[",
        "127.0.0.1:80:80",
    ],
)
def test_another_name_for_this_computer_is_refused(host: str, client: TestClient) -> None:
    for answer in (
        client.get("/health", headers={"host": host}),
        client.post("/v1/mark", json={"text": TEXT}, headers={"host": host}),
    ):
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:8321"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_requests_of_other_pages_are_refused(headers: dict[str, str], client: TestClient) -> None:
    answer = client.post("/v1/mark", content=TEXT, headers={"content-type": "text/plain", **headers})
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_the_own_page_and_programs_are_answered(client: TestClient) -> None:
    for headers in ({}, {"origin": HERE, "sec-fetch-site": "same-origin"}, {"sec-fetch-site": "none"}):
        assert client.post("/v1/mark", json={"text": TEXT}, headers=headers).status_code == 200
    assert client.get("/health", headers={"host": "localhost:8321"}).json()["status"] == "ok"


def test_no_answer_is_without_its_headers(client: TestClient) -> None:
    answers = [
        client.get("/"),
        client.get("/health"),
        client.get("/nothing"),
        client.get("/static/page.js"),
        client.get("/health", headers={"host": "evil.example"}),
        client.post("/v1/mark", json={"text": TEXT}),
        client.post("/v1/mark", content=b"x" * 20_001),
        client.post("/v1/report", json={"text": TEXT}),
    ]
    for answer in answers:
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["cross-origin-resource-policy"] == "same-origin"
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert "set-cookie" not in answer.headers
        assert "access-control-allow-origin" not in answer.headers


def test_the_page_holds_nothing_from_elsewhere(client: TestClient) -> None:
    page = client.get("/").text
    files = ["/static/report.css", "/static/page.css", "/static/report.js", "/static/page.js"]
    assert all(f'"{file}"' in page for file in files)
    for found in (page, *(client.get(file).text for file in files)):
        assert "//" not in found.replace("// ", "")
    assert client.get("/static/page.js").headers["content-type"].startswith("text/javascript")


def test_openapi_names_every_path_and_what_it_takes(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) == {"/health", "/v1/mark", "/v1/score", "/v1/report", "/v1/score/batch"}
    taken = document["paths"]["/v1/mark"]["post"]["requestBody"]["content"]
    assert set(taken) == {"application/json", "text/plain", "text/html"}
    assert taken["application/json"]["schema"]["required"] == ["text"]
    for path in document["paths"].values():
        for call in path.values():
            assert {"413", "422", "503"} <= set(call["responses"])
    assert client.get("/docs").status_code == client.get("/redoc").status_code == 404


class Slow:
    """A scorer that takes its time, or fails with words of the text in its mouth."""

    def __init__(self, scorer: Scorer) -> None:
        self.bundle = scorer.bundle
        self._scorer = scorer

    def score(self, document: classifier.Document) -> object:
        if "fail" in document.raw:
            raise KeyError(document.raw)
        time.sleep(0.5)
        return self._scorer.score(document)


def test_an_answer_that_takes_too_long_is_given_up(scorer: Scorer) -> None:
    limits = Limits(work_seconds=0.05)
    with TestClient(create_app(Slow(scorer), limits=limits), base_url=HERE) as client:  # type: ignore[arg-type]
        answer = client.post("/v1/score", json={"text": TEXT})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "too_slow")
    with TestClient(create_app(scorer, limits=Limits(waiting=0)), base_url=HERE) as client:
        answer = client.post("/v1/score", json={"text": TEXT})
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")


def test_nothing_of_a_text_is_told_or_logged(
    scorer: Scorer, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    told: list[str] = []
    caplog.set_level(logging.DEBUG)
    with TestClient(create_app(Slow(scorer), fault=told.append), base_url=HERE) as client:  # type: ignore[arg-type]
        answer = client.post("/v1/score", json={"text": "secret words that fail"})
        client.post("/v1/mark", json={"text": "secret words that may pass"})
        client.post("/v1/mark", content=b'{"text": "secret words')
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    (place,) = told
    assert place.startswith("KeyError at ")
    everything = answer.text + place + caplog.text + "".join(capfd.readouterr())
    assert "secret" not in everything
