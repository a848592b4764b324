"""What is kept of a plan that was read is the same plan as one that is worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handfast.foundation.scope import entered
from handfast.transition.models import Link
from handfast.transition.queries.effects import amended, framed, linked, removed, unlinked
from handfast.transition.queries.planned import Kept, planned
from handfast.transition.queries.plans import rows_of

if TYPE_CHECKING:
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("what", ["amended", "removed", "unlinked", "linked", "framed"])
def test_a_change_of_what_was_kept_is_the_plan_that_is_worked_out_anew(
    programme: Programme, what: str
) -> None:
    with entered(programme.client.reach):
        rows = rows_of(programme.plan())
        link = rows.links[0]
        change = {
            "amended": amended(link.after_id, {"likely": "9d", "high": "9d"}),
            "removed": removed(link.after_id),
            "unlinked": unlinked(link.pk),
            "linked": linked(Link(plan_id=rows.plan.pk, before_id=link.before_id, after_id=link.after_id, kind="SS")),
            "framed": framed({"starts_on": rows.plan.starts_on.replace(year=2027)}),
        }[what]  # fmt: skip
        before = planned(rows, internal_spaces={})
        changed = change(rows)
        anew = planned(changed, internal_spaces={})
        assert planned(changed, internal_spaces={}, kept=Kept.of(rows, before)) == anew
        assert anew != before
