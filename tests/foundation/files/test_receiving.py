"""A request's file streams to its place; what is cut off, too large or not alone leaves nothing."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.exceptions import RequestDataTooBig
from django.core.handlers.wsgi import WSGIRequest
from django.test import RequestFactory
from tests.foundation.files.test_staged import MIB, files_below

from handfast.foundation.files.receiving import FORM_BYTES, receiving
from handfast.foundation.files.staged import NoFileSent, OneFileAtATime, UploadCutOff, UploadTooLarge

if TYPE_CHECKING:
    from pathlib import Path
    from typing import IO

    from pytest_django.fixtures import SettingsWrapper

FIELD = b'--B\r\nContent-Disposition: form-data; name="source"\r\n\r\ndesk\r\n'
HEAD = (
    b'--B\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n'
)
TAIL = b"\r\n--B--\r\n"


def request_of(body: bytes | IO[bytes], length: int | None = None) -> WSGIRequest:
    stream = io.BytesIO(body) if isinstance(body, bytes) else body
    announced = len(body) if isinstance(body, bytes) and length is None else length
    environ = RequestFactory()._base_environ() | {
        "REQUEST_METHOD": "POST",
        "wsgi.input": stream,
        "CONTENT_TYPE": "multipart/form-data; boundary=B",
        "CONTENT_LENGTH": str(announced),
    }
    return WSGIRequest(environ)


class Endless(io.RawIOBase):
    """A body of two gibibytes that nobody holds."""

    def __init__(self, head: bytes) -> None:
        super().__init__()
        self.head = head
        self.given_out = 0

    def read(self, size: int = -1, /) -> bytes:
        data = self.head or bytes(min(size, MIB) if size > 0 else MIB)
        self.head = b""
        self.given_out += len(data)
        return data


def test_file_and_fields_of_one_request_are_read() -> None:
    request = request_of(FIELD + HEAD + b"a,b\n1,2\n" + TAIL)
    with receiving(request, uuid4()) as one:
        assert request.POST["source"] == "desk"
        assert (one.staged.file_name, one.staged.size_bytes) == ("a.csv", 8)


@pytest.mark.parametrize("cut", [1, len(TAIL), len(TAIL) + 5])
def test_upload_that_is_cut_off_is_refused_and_leaves_nothing(tmp_path: Path, cut: int) -> None:
    body = FIELD + HEAD + b"a,b\n1,2\n" + TAIL
    request = request_of(body[:-cut], len(body))
    with pytest.raises(UploadCutOff), receiving(request, uuid4()):
        _ = request.POST
    assert files_below(tmp_path) == []


def test_connection_that_breaks_is_a_cut_off_upload(tmp_path: Path) -> None:
    class Breaking(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if not (data := super().read(size)):
                raise ConnectionResetError
            return data

    body = FIELD + HEAD + b"a,b\n"
    request = request_of(Breaking(body), len(body) + 100)
    with pytest.raises(UploadCutOff), receiving(request, uuid4()):
        _ = request.POST
    assert files_below(tmp_path) == []


def test_body_announced_over_the_limit_is_refused_before_a_byte_is_read(settings: SettingsWrapper) -> None:
    settings.HANDFAST_UPLOAD_LIMIT = MIB
    body = Endless(FIELD + HEAD)
    request = request_of(body, 2**31)
    with pytest.raises(UploadTooLarge), receiving(request, uuid4()):
        _ = request.POST
    assert body.given_out == 0


def test_body_that_grows_over_the_limit_is_refused_where_it_does(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_UPLOAD_LIMIT = MIB
    body = Endless(FIELD + HEAD)
    request = request_of(body, MIB + FORM_BYTES)
    with pytest.raises(UploadTooLarge), receiving(request, uuid4()):
        _ = request.POST
    assert body.given_out <= 2 * MIB
    assert files_below(tmp_path) == []


def test_request_without_a_file_is_refused() -> None:
    request = request_of(FIELD + b"--B--\r\n")
    with receiving(request, uuid4()) as one:
        assert request.POST["source"] == "desk"
        with pytest.raises(NoFileSent):
            _ = one.staged


def test_several_files_in_one_request_are_refused_and_none_is_left(tmp_path: Path) -> None:
    request = request_of(HEAD + b"a\n" + b"\r\n" + HEAD + b"b\n" + TAIL)
    with pytest.raises(OneFileAtATime), receiving(request, uuid4()):
        _ = request.POST
    assert files_below(tmp_path) == []


def test_body_that_was_read_before_is_taken_over() -> None:
    request = request_of(FIELD + HEAD + b"a,b\n1,2\n" + TAIL)
    assert request.POST["source"] == "desk"
    with receiving(request, uuid4()) as one:
        assert one.staged.size_bytes == 8
    request.close()


@pytest.mark.parametrize(
    ("path", "actor", "most"),
    [
        ("/accounts/login/", None, 4 * MIB),
        ("/api/records/sources/x/uploads", None, 4 * MIB),
        ("/engagements/new/", object(), 4 * MIB),
        ("/api/records/sources/x/uploads", object(), 8 * MIB + FORM_BYTES),
    ],
)
def test_only_an_import_of_somebody_brings_in_more_than_a_form(
    path: str, actor: object, most: int, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_UPLOAD_LIMIT = 8 * MIB
    for length, is_taken in ((most + 1, False), (most, True)):
        body = Endless(FIELD + HEAD)
        request = request_of(body, length)
        request.path, request.actor = path, actor  # type: ignore[attr-defined]  # set by the people's middleware
        if is_taken:
            assert request.POST["source"] == "desk"
            assert body.given_out > most - MIB
        else:
            with pytest.raises(RequestDataTooBig):
                _ = request.POST
            assert body.given_out == 0
        request.close()
