"""A file stands once, in one space for ever, within the account of its side; withdrawn, nothing of it is left."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.evidence.keeping import PDF, WORD, attached, files_below, named_by
from tests.evidence.talks import thing
from tests.governance.kept import AT, written
from tests.records.deal import work

from handfast.evidence.actions import attach_file, withdraw_file
from handfast.evidence.files.kept import KeptFile, folder_of, incoming, path_of
from handfast.evidence.models import File
from handfast.evidence.queries.files import file_seen_by
from handfast.evidence.queries.things import space_for
from handfast.evidence.refusals import FilesFull, FileStands, FileWithdrawn
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper
    from tests.factories.cast import Cast

MIB = 2**20


def test_file_of_one_side_is_seen_by_that_side_alone(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    own = attached(cast, cast.owner, entry, name="ours.pdf", audience="own")
    attached(cast, cast.owner, entry, WORD, "both.docx", minutes=1)
    assert named_by(cast, cast.owner, entry) == ["both.docx", "ours.pdf"]
    assert named_by(cast, cast.delivery, entry) == ["both.docx"]
    theirs = cast.actor(cast.delivery)
    with entered(theirs.reach), pytest.raises(NotSeen):
        file_seen_by(theirs, own.pk)
    mine = written(cast, cast.owner, is_own=True)
    with pytest.raises(NotSeen):
        thing(cast, cast.delivery, mine)


def test_file_goes_into_the_space_of_its_thing_or_the_own_one_and_into_no_other(cast: Cast) -> None:
    mine = written(cast, cast.owner, is_own=True)
    about, actor = thing(cast, cast.owner, mine), cast.actor(cast.owner)
    shared = thing(cast, cast.owner, written(cast, cast.owner)).space
    file = KeptFile(uuid4(), "a.pdf", "pdf", 1, "0" * 64)
    with pytest.raises(NotSeen):
        attach_file(actor, shared, thing=about, file=file, at=AT)
    with pytest.raises(NotPermitted):
        attach_file(cast.actor(cast.reader), shared, thing=about, file=file, at=AT)


def test_bytes_lie_outside_the_database_under_the_id_and_the_digest_is_theirs(
    cast: Cast, tmp_path: Path
) -> None:
    entry = written(cast, cast.owner)
    made = attached(cast, cast.owner, entry, name="../../\u202eetc/minutes.pdf")
    assert files_below(tmp_path) == [tmp_path / "files" / str(made.space_id) / str(made.pk)]
    assert path_of(made.space_id, made.pk).read_bytes() == PDF
    assert (made.file_name, made.size_bytes, made.sha256) == (
        "minutes.pdf",
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
    )


def test_journal_tells_of_ids_only(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = attached(cast, cast.owner, entry)
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        said = Contents.objects.get(action="file.attached")
    assert (said.subject_id, said.space_id) == (made.pk, made.space_id)
    assert not any(word in said.payload for word in ("minutes.pdf", made.sha256))


def test_same_bytes_beside_the_same_thing_stand_once_for_those_who_see_them(
    cast: Cast, tmp_path: Path
) -> None:
    entry, other, form = written(cast, cast.owner), written(cast, cast.owner), uuid4()
    attached(cast, cast.owner, entry, audience="own", sent_as=form)
    with pytest.raises(FileStands, match="sent already"):
        attached(cast, cast.owner, entry, audience="own", sent_as=form)
    with pytest.raises(FileStands, match=r"attached already, as “minutes\.pdf”"):
        attached(cast, cast.owner, entry, name="again.pdf", audience="own")
    attached(cast, cast.delivery, entry, name="theirs.pdf")  # what one side has for itself is told to nobody
    with pytest.raises(FileStands, match=r"as “theirs\.pdf”"):
        attached(cast, cast.delivery, entry, audience="own")
    attached(cast, cast.owner, other)
    assert sorted(named_by(cast, cast.owner, entry)) == ["minutes.pdf", "theirs.pdf"]
    assert len(files_below(tmp_path)) == 3


def test_account_of_a_side_is_its_own_in_all_its_spaces(
    cast: Cast, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.HANDFAST_FILE_QUOTA = 2 * MIB
    entry = written(cast, cast.owner)
    first = attached(cast, cast.owner, entry, PDF.ljust(MIB), "a.pdf", audience="own")
    with pytest.raises(FilesFull, match=r"b\.pdf: your side keeps 1 MiB of 2 MiB .* has 1\.\d MiB"):
        attached(cast, cast.owner, entry, PDF.ljust(MIB + MIB // 8), "b.pdf")
    assert len(files_below(tmp_path)) == 1
    attached(cast, cast.delivery, entry, PDF.ljust(2 * MIB), "theirs.pdf")
    withdraw_file(cast.actor(cast.owner), first, at=AT)
    attached(cast, cast.owner, entry, PDF.ljust(2 * MIB - 1), "b.pdf")


def test_withdrawn_file_keeps_its_place_and_nothing_else(cast: Cast, tmp_path: Path) -> None:
    entry, form = written(cast, cast.owner), uuid4()
    made = attached(cast, cast.owner, entry, sent_as=form)
    with pytest.raises(NotPermitted):
        withdraw_file(cast.actor(cast.delivery), made, at=AT)
    gone = withdraw_file(cast.actor(cast.owner), made, at=AT)
    assert (gone.file_name, gone.sha256, gone.withdrawn_at) == ("", "", AT)
    with pytest.raises(FileWithdrawn):
        withdraw_file(cast.actor(cast.owner), made, at=AT)
    work(AT)
    assert files_below(tmp_path) == []
    with pytest.raises(FileStands):  # the form of before, sent again by going back, brings nothing back
        attached(cast, cast.owner, entry, sent_as=form)
    attached(cast, cast.owner, entry, minutes=1)
    assert named_by(cast, cast.owner, entry) == ["minutes.pdf", ""]


def test_what_a_killed_process_left_is_swept_after_a_day_and_what_stands_is_not(
    cast: Cast, tmp_path: Path
) -> None:
    entry = written(cast, cast.owner)
    made = attached(cast, cast.owner, entry)
    orphan, young, came = (
        folder_of(made.space_id) / "orphan",
        folder_of(made.space_id) / "young",
        incoming() / "came",
    )
    for path in (orphan, young, came):
        path.write_bytes(b"x")
    old = (AT - timedelta(days=2)).timestamp()
    for path in (orphan, came, path_of(made.space_id, made.pk)):
        os.utime(path, (old, old))
    os.utime(young, (AT.timestamp(), AT.timestamp()))
    work(AT)
    assert files_below(tmp_path) == sorted([path_of(made.space_id, made.pk), young])
    assert Outgoing.objects.filter(kind="evidence.clean_files", done_at__isnull=True).exists()


def test_refused_verb_leaves_no_bytes(cast: Cast, tmp_path: Path) -> None:
    entry = written(cast, cast.owner)
    with pytest.raises(NotPermitted):
        attached(cast, cast.reader, entry, audience="shared")
    assert files_below(tmp_path) == []
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        assert space_for(actor, thing(cast, cast.owner, entry), "shared") == entry.space
        assert not File.objects.exists()
