"""A request with files: each goes to its staging place while it comes, counted and hashed."""

from __future__ import annotations

import io
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParser

from handfast.foundation.files.staged import (
    NoFileSent,
    OneFileAtATime,
    Staged,
    Staging,
    UploadCutOff,
    check_size,
    folder_of,
)
from handfast.foundation.refusals import NotSeen

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from uuid import UUID

    from django.http import HttpRequest

    from handfast.foundation.scope import Reach

FORM_BYTES = 2**20  # what a form holds beside its file
# A session's call is read for its token before its operation can take the file over.
IMPORTS = ("/api/records/", "/api/evidence/")


@dataclass(frozen=True, slots=True)
class Place:
    """Where files of a request are staged: in which folder, how many, and what refuses their size."""

    folder: Path
    most: int = 1
    check: Callable[[int], None] = check_size


class Receiving(FileUploadHandler):
    """Takes the files of a request. Read `request.POST` first, then ask `staged`, then `keep` them."""

    def __init__(self, space: UUID, place: Place, reach_now: Callable[[], Reach] | None = None) -> None:
        super().__init__()
        self._space = space
        self._place = place
        self._reach_now = reach_now
        self._staging: list[Staging] = []
        self._staged: list[Staged] = []

    def handle_raw_input(self, *given: Any, **_: Any) -> Any:
        """Parse the body here, so that its end can be told from its being cut off."""
        body, meta, content_length, _boundary, encoding = given
        self._place.check(max(0, content_length - FORM_BYTES) // self._place.most)
        whole = Whole(body, content_length)
        return MultiPartParser(meta, whole, [Taking(self)], encoding).parse()  # type: ignore[arg-type]  # it only reads

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Never called: the parts of the file go to `Taking`."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Never called, as above."""

    def begin(self, file_name: str) -> None:
        if len(self._staging) == self._place.most:
            raise OneFileAtATime(
                "several files were sent: send them one after the other, each is a batch of its own"
                if self._place.most == 1
                else f"more than {self._place.most} files were sent: send at most so many at once"
            )
        self._staging.append(Staging(self._place.folder, file_name, self._place.check))

    def take(self, data: bytes) -> None:
        self._staging[-1].write(data)

    def end(self) -> None:
        self._staged.append(self._staging[-1].finish())

    @property
    def staged(self) -> Staged:
        """The one file that came. Raises NoFileSent where none did, NotSeen where who sent it was removed meanwhile."""
        files = self.files
        if not files:
            raise NoFileSent("no file was sent: choose the export of your tool (CSV, XLSX, Parquet or XES)")
        return files[0]

    @property
    def files(self) -> list[Staged]:
        """All that came. Raises NotSeen where who sent them was removed meanwhile."""
        if self._reach_now is not None and self._space not in self._reach_now().writes:
            raise NotSeen  # a large file comes for minutes, and what was asked before it is no longer so
        return self._staged

    def keep(self) -> None:
        """A row names what came now."""
        for one in self._staging:
            one.keep()

    def leave(self) -> None:
        for one in self._staging:
            one.leave()


class Taking(FileUploadHandler):
    """Hands the parts of a file on as the parser finds them."""

    def __init__(self, receiving: Receiving) -> None:
        super().__init__()
        self._receiving = receiving

    def new_file(self, *args: Any, **given: Any) -> None:
        super().new_file(*args, **given)
        self._receiving.begin(self.file_name or "")

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        self._receiving.take(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:  # type: ignore[type-arg]  # takes no argument when run
        self._receiving.end()
        return UploadedFile(io.BytesIO(), self.file_name, self.content_type, file_size)


class Whole:
    """A body that must be as long as was announced: a connection that breaks off is no end."""

    def __init__(self, stream: IO[bytes], length: int) -> None:
        self._stream = stream
        self._left = length

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._stream.read(size)
        except OSError as error:
            raise UploadCutOff(
                "the connection broke off before the file was here: nothing was kept, send it again"
            ) from error
        self._left -= len(data)
        if not data and self._left > 0 and size != 0:
            raise UploadCutOff("the request ended before the file did: nothing was kept, send it again")
        return data


@contextmanager
def receiving(request: HttpRequest, space: UUID, place: Place | None = None) -> Iterator[Receiving]:
    """Within, what this request brings into a space is staged; what is not kept when the block ends is gone."""
    place = place or Place(folder_of(space))
    one = Receiving(space, place, getattr(request, "reach_now", None))
    try:
        if hasattr(request, "_files"):
            _take_over(request, one, place)
        else:
            request.upload_handlers = [one]
        yield one
    finally:
        one.leave()


def _take_over(request: HttpRequest, one: Receiving, place: Place) -> None:
    """Where the body was read already (a session's API call, for its CSRF token), stage what came."""
    for files in request.FILES.lists():
        for file in files[1]:
            place.check(file.size or 0)
            one.begin(file.name or "")
            for chunk in file.chunks():
                one.take(chunk)
            one.end()


class WithinLimit(FileUploadHandler):
    """The first handler of the installation: a file comes in by a door of its own, or as an import that a session sends.

    What a stranger sends, or what is sent where no file is asked for, is no larger than any form.
    """

    def handle_raw_input(self, *given: Any, **_: Any) -> None:
        if given[2] > self._most():
            raise RequestDataTooBig("a request that is larger than what is taken here")

    def _most(self) -> int:
        request = self.request
        is_import = request is not None and request.path.startswith(IMPORTS) and _is_somebody(request)
        return FORM_BYTES + int(settings.HANDFAST_UPLOAD_LIMIT) if is_import else _largest_form()

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> bytes:
        """Pass it on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""


def _is_somebody(request: HttpRequest) -> bool:
    return getattr(request, "actor", None) is not None


def _largest_form() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0)
