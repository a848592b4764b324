"""What the same form sends several times in the same second is one comment."""

from __future__ import annotations

from functools import partial
from uuid import uuid4

import pytest
from tests.evidence.talks import commented, read_by
from tests.factories.cast import make_cast
from tests.factories.racing import WON, at_once
from tests.governance.kept import written

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_form_sent_four_times_at_once_is_one_comment() -> None:
    cast = make_cast()
    entry, form = written(cast, cast.owner), uuid4()
    ends = at_once(*[partial(commented, cast, cast.owner, entry, "Once", sent_as=form)] * 4)
    assert sorted(ends) == ["comment-stands"] * 3 + [WON]
    assert read_by(cast, cast.owner, entry) == ["Once"]
