"""What the same form sends several times in the same second stands once, and an account is not overdrawn by hurry."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from tests.evidence.keeping import PDF, attached, files_below, named_by
from tests.evidence.papers import (
    DELIVERY,
    asked_to_sign,
    drafted,
    published,
    published_file,
    seen,
    signatures,
    signed,
)
from tests.evidence.talks import commented, read_by, thing
from tests.factories.cast import make_cast
from tests.factories.racing import WON, at_once
from tests.governance.kept import AT, written

from handfast.evidence.actions import relate_things

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_form_sent_four_times_at_once_is_one_comment() -> None:
    cast = make_cast()
    entry, form = written(cast, cast.owner), uuid4()
    ends = at_once(*[partial(commented, cast, cast.owner, entry, "Once", sent_as=form)] * 4)
    assert sorted(ends) == ["comment-stands"] * 3 + [WON]
    assert read_by(cast, cast.owner, entry) == ["Once"]


def test_same_file_sent_at_once_is_kept_once_and_leaves_no_other_bytes(tmp_path: Path) -> None:
    cast = make_cast()
    entry = written(cast, cast.owner)
    ends = at_once(*[partial(attached, cast, cast.owner, entry)] * 4)
    assert sorted(ends) == ["file-stands"] * 3 + [WON]
    assert named_by(cast, cast.owner, entry) == ["minutes.pdf"]
    assert len(files_below(tmp_path)) == 1


def test_side_keeps_no_more_than_it_may_whichever_spaces_it_uses_at_once(settings: SettingsWrapper) -> None:
    settings.HANDFAST_FILE_QUOTA = 100
    cast = make_cast()
    entry = written(cast, cast.owner)
    ends = at_once(*(
        partial(attached, cast, cast.owner, entry, PDF.ljust(60 + number), audience=audience)
        for number, audience in enumerate(("own", "shared", "own", "shared"))
    ))  # fmt: skip
    assert sorted(ends) == ["files-full"] * 3 + [WON]


def test_two_things_linked_at_once_are_linked_once() -> None:
    cast = make_cast()
    one, other = (thing(cast, cast.owner, written(cast, cast.owner)) for _ in range(2))
    actor = cast.actor(cast.owner)
    ends = at_once(
        *[partial(relate_things, actor, one.space, thing=one, to=other, at=AT)] * 2,
        *[partial(relate_things, actor, one.space, thing=other, to=one, at=AT)] * 2,
    )
    assert sorted(ends) == ["relation-stands"] * 3 + [WON]


def test_draft_published_by_four_at_once_is_one_version() -> None:
    cast = make_cast()
    document = drafted(cast, cast.owner)
    ends = at_once(
        *[partial(published, cast, person, document) for person in (cast.owner, cast.delivery) * 2]
    )
    assert sorted(ends) == ["document-unchanged"] * 3 + [WON]
    assert seen(cast, cast.owner, document).last_number == 1


def test_same_file_published_by_four_at_once_is_one_version(tmp_path: Path) -> None:
    cast = make_cast()
    document = drafted(cast, cast.owner)
    ends = at_once(
        *[partial(published_file, cast, person, document) for person in (cast.owner, cast.delivery) * 2]
    )
    assert sorted(ends) == ["document-unchanged"] * 3 + [WON]
    assert seen(cast, cast.owner, document).last_number == 1
    assert len(files_below(tmp_path)) == 1


def test_other_files_published_at_once_by_what_all_saw_are_one_version() -> None:
    cast = make_cast()
    document = drafted(cast, cast.owner)
    ends = at_once(
        *[partial(published_file, cast, cast.owner, document, b"%PDF-1.7\n" + bytes([65 + one]), "a.pdf", as_seen="1") for one in range(4)]
    )  # fmt: skip
    assert sorted(ends) == ["conflict"] * 3 + [WON]
    assert seen(cast, cast.owner, document).last_number == 1


def test_documents_begun_at_once_have_numbers_in_turn() -> None:
    cast = make_cast()
    assert at_once(*[partial(drafted, cast, cast.owner)] * 4) == [WON] * 4
    last = drafted(cast, cast.owner)
    assert last.number == 5


def test_role_that_is_asked_and_signs_at_once_is_asked_once_and_signs_once() -> None:
    cast = make_cast()
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    ends = at_once(*[partial(asked_to_sign, cast, cast.owner, document, DELIVERY)] * 3)
    assert sorted(ends) == ["sign-off-stands"] * 2 + [WON]
    (waiting,) = signatures(cast, cast.owner, document)
    ends = at_once(*[partial(signed, cast, cast.delivery, waiting)] * 4)
    assert sorted(ends) == ["signature-answered"] * 3 + [WON]
