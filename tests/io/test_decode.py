"""Bytes to text: which encoding is found, what is refused, and with which sentence."""

import codecs
import io
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.errors import InputError
from classifier.io.decode import checked_encoding, decode, survey
from classifier.io.records import Refusal

LETTER = "“Zoë may go,” said Ünal – 5 €."

# (bytes, named encoding, text, encoding found, whether there is a note)
DECODED = [
    (b"plain\r\nlines\rkept\n", None, "plain\r\nlines\rkept\n", "utf-8", False),
    (LETTER.encode(), None, LETTER, "utf-8", False),
    (codecs.BOM_UTF8 + b"abc", None, "\ufeffabc", "utf-8", False),
    (codecs.BOM_UTF8 + b"abc", "utf-8-sig", "\ufeffabc", "utf-8", False),
    (codecs.BOM_UTF16_LE + LETTER.encode("utf-16-le"), None, "\ufeff" + LETTER, "utf-16-le", False),
    (codecs.BOM_UTF16_BE + LETTER.encode("utf-16-be"), "utf-16", "\ufeff" + LETTER, "utf-16-be", False),
    (LETTER.encode("utf-16-le"), None, LETTER, "utf-16-le", False),
    (LETTER.encode("utf-16-be"), None, LETTER, "utf-16-be", False),
    (codecs.BOM_UTF32_LE + "abc".encode("utf-32-le"), None, "\ufeffabc", "utf-32-le", False),
    (LETTER.encode("cp1252"), None, LETTER, "cp1252", True),
    (LETTER.encode("cp1252"), "windows-1252", LETTER, "cp1252", False),
    ("Žluť".encode("iso8859-2"), "latin2", "Žluť", "iso8859-2", False),
    (b"", None, "", "utf-8", False),
]


@pytest.mark.parametrize(("data", "named", "text", "encoding", "noted"), DECODED)
def test_decodes(data: Any, named: Any, text: Any, encoding: Any, noted: Any) -> None:
    got = decode(data, encoding=named, where="a.txt")
    assert (got.text, got.encoding, got.note is not None) == (text, encoding, noted)


def test_note_names_file_and_option() -> None:
    note = decode(b"caf\xe9", encoding=None, where="a.txt").note
    assert note == "a.txt is no UTF-8 and was read as Windows-1252; say --encoding if that is wrong"


def test_page_names_its_encoding() -> None:
    page = '<html><head><meta charset="koi8-r"></head><p>Мост закрыт</p></html>'
    got = decode(page.encode("koi8-r"), encoding=None, where="a.html", page=True)
    assert (got.text, got.encoding) == (page, "koi8-r")
    assert got.note is not None and "--encoding" in got.note
    assert decode(page.encode("koi8-r"), encoding=None, where="a.html").encoding == "cp1252"


# (bytes, named encoding, parts of the sentence)
REFUSED = [
    (b"%PDF-1.7 ...", None, ["a PDF", "plain text"]),
    (b"\x89PNG\r\n\x1a\n", None, ["PNG", "give a text"]),
    (b"\xff\xd8\xff\xe0", "latin-1", ["JPEG"]),
    (b"PK\x03\x04abc", None, ["DOCX", "save it as text"]),
    (b"\x1f\x8b\x08\x00", None, ["gzip", ".gz"]),
    (b"{\\rtf1 abc}", None, ["RTF"]),
    (b"text with a NUL\x00 inside, and more", None, ["NUL"]),
    (b"abc\x01\x02\x03\x04", None, ["control characters"]),
    (LETTER.encode() + b"\xe9", None, ["damaged places", "at byte 40", "--encoding"]),
    (b"\x81\x8d caf\xe9", None, ["neither UTF-8 nor Windows-1252", "0x81 at place 0", "--encoding"]),
    (b"caf\xe9", "utf-8", ["0xe9 at place 3", "is no utf-8", "--encoding"]),
    (codecs.BOM_UTF16_LE + b"a\x00b", None, ["place 4", "UTF-16-LE", "--encoding"]),
    (b"abc", "klingon", ["--encoding", "'klingon' is no text encoding"]),
    (b"abc", "rot13", ["--encoding", "'rot13' is no text encoding"]),
]


@pytest.mark.parametrize(("data", "named", "parts"), REFUSED)
def test_refuses_in_one_sentence(data: Any, named: Any, parts: Any) -> None:
    with pytest.raises(InputError) as caught:
        decode(data, encoding=named, where="in/a.txt")
    sentence = str(caught.value)
    assert all(part in sentence for part in parts), sentence
    assert sentence.startswith(("in/a.txt: ", "--encoding: "))
    assert "\n" not in sentence and sentence.count("; ") == 1 and not sentence.endswith(".")


def test_refusal_survives_a_worker_process() -> None:
    with pytest.raises(Refusal) as caught:
        decode(b"%PDF-", encoding=None, where="a.pdf")
    again = pickle.loads(pickle.dumps(caught.value))
    assert (type(again), str(again), again.remedy) == (
        type(caught.value),
        str(caught.value),
        caught.value.remedy,
    )


@given(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(["\n", "\r\n", "\r", ""]),
)
def test_any_utf8_comes_back_as_it_was(text: Any, end: Any) -> None:
    assert decode((text + end).encode(), encoding=None, where="a").text == text + end


@pytest.mark.parametrize(
    ("data", "encoding", "clean"),
    [
        (b"id,text\n1,abc\n", "utf-8", True),
        ("id,text\n1,ä ö\n".encode(), "utf-8", True),
        ("id,text\n1,ä ö\n".encode() + b"2,\xe9\n", "utf-8", False),
        (b"id,text\n1,caf\xe9\n", "cp1252", False),
        (b"id,text\n" + b"1,abc\n" * 30_000 + b"2,caf\xe9\n", "cp1252", False),
        ("id\ttext\n".encode("utf-16"), "utf-16-le", False),
    ],
)
def test_survey_looks_at_all_bytes_and_winds_back(data: Any, encoding: Any, clean: Any) -> None:
    stream = io.BytesIO(data)
    found = survey(stream, encoding=None, where="a.csv")
    assert (found.encoding, found.clean, stream.tell()) == (encoding, clean, 0)


def test_checked_encoding_gives_one_name() -> None:
    assert checked_encoding("UTF8") == checked_encoding("utf-8-sig") == "utf-8"


@pytest.mark.parametrize("name", ["idna", "punycode", "unicode_escape", "rot13", "klingon"])
def test_a_codec_that_is_no_encoding_of_files_is_refused(name: str) -> None:
    with pytest.raises(Refusal, match="is no text encoding known here; use a name such as utf-8"):
        checked_encoding(name)
