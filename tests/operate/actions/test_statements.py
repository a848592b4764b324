"""A month is drafted, issued, disputed, agreed and frozen; every other order is refused by name."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from tests.operate.month import AT, LATE, Month, a_month

from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.operate.actions import (
    agree_statement,
    dispute_line,
    draft_statement,
    issue_statement,
    withdraw_dispute,
)
from handfast.operate.models import Statement, StatementDraft
from handfast.operate.queries.computed import chosen_now, chosen_then, computed_month
from handfast.operate.queries.statements import statement_seen_by
from handfast.operate.refusals import (
    AmountMistyped,
    DisputeWithdrawn,
    DraftIssued,
    LevelUnknown,
    LineDisputed,
    LinesDisputed,
    MonthNotOver,
    NoTermsYet,
    NothingMoved,
    ReasonMissing,
    StatementFrozen,
    StatementSuperseded,
)
from handfast.people.queries import own_space_of

pytestmark = pytest.mark.django_db
LEVEL = "first_response"


@pytest.fixture
def month() -> Month:
    return a_month()


def again(statement: Statement, month: Month) -> Statement:
    with entered(month.client.reach):
        return Statement.objects.get(pk=statement.pk)


def test_draft_says_what_the_records_say_and_only_its_maker_sees_it(month: Month) -> None:
    draft = month.drafted(month.provider)
    level = json.loads(draft.body)["levels"][0]
    assert (level["n"], level["numerator"], level["value"], level["verdict"]) == (3, "2", "66.67", "missed")
    with entered(month.client.reach):
        assert not StatementDraft.objects.exists()


def test_computing_again_replaces_the_draft(month: Month) -> None:
    first, second = month.drafted(month.provider), month.drafted(month.provider)
    assert first.pk == second.pk


def test_issued_month_is_seen_by_both_with_the_same_digest(month: Month) -> None:
    draft = month.drafted(month.provider)
    issued = issue_statement(month.provider, draft, answer_by_on=None, at=AT)
    assert (issued.revision, issued.state, issued.digest) == (1, "issued", draft.digest)
    with entered(month.client.reach):
        assert statement_seen_by(month.client, issued.pk).body == draft.body


def test_both_sides_compute_the_same_month(month: Month) -> None:
    assert month.drafted(month.client).digest == month.drafted(month.provider).digest


def test_issued_month_recomputes_to_its_digest_also_after_later_records(month: Month) -> None:
    issued = month.issued()
    month.send(LATE, AT + timedelta(days=1))
    with entered(month.client.reach):
        found = statement_seen_by(month.client, issued.pk)
        chosen = chosen_then(found.agreement, found.inputs, as_of=found.as_of)
        assert computed_month(chosen, found.period).digest == issued.digest


def test_agreed_month_is_frozen(month: Month) -> None:
    issued = month.issued()
    agreed = agree_statement(month.client, issued, typed="2026-03", at=AT)
    assert (agreed.state, agreed.answered_for_id) == ("agreed", month.client.organisation)
    with pytest.raises(StatementFrozen):
        agree_statement(month.client, issued, typed="2026-03", at=AT)
    with pytest.raises(StatementFrozen):
        dispute_line(month.client, issued, level=LEVEL, reason="late", at=AT)


def test_issuer_cannot_answer_for_the_other_side(month: Month) -> None:
    issued = month.issued()
    with pytest.raises(NotPermitted):
        agree_statement(month.provider, issued, typed="2026-03", at=AT)
    with pytest.raises(NotPermitted):
        dispute_line(month.provider, issued, level=LEVEL, reason="no", at=AT)


def test_amount_that_was_mistyped_agrees_to_nothing(month: Month) -> None:
    issued = month.issued()
    with pytest.raises(AmountMistyped) as refused:
        agree_statement(month.client, issued, typed="2026-04", at=AT)
    assert refused.value.fields[0][0] == "typed"
    assert again(issued, month).state == "issued"


def test_disputed_line_keeps_the_month_from_being_agreed_until_it_is_withdrawn(month: Month) -> None:
    issued = month.issued()
    dispute = dispute_line(month.client, issued, level=LEVEL, reason="The pause was ours.", at=AT)
    assert again(issued, month).state == "disputed"
    with pytest.raises(LinesDisputed):
        agree_statement(month.client, issued, typed="2026-03", at=AT)
    with pytest.raises(LineDisputed):
        dispute_line(month.client, issued, level=LEVEL, reason="again", at=AT)
    with pytest.raises(NotPermitted):
        withdraw_dispute(month.provider, dispute, at=AT)
    withdraw_dispute(month.client, dispute, at=AT)
    with pytest.raises(DisputeWithdrawn):
        withdraw_dispute(month.client, dispute, at=AT)
    assert agree_statement(month.client, issued, typed="2026-03", at=AT).state == "agreed"


def test_dispute_needs_a_line_of_the_statement_and_a_reason(month: Month) -> None:
    issued = month.issued()
    with pytest.raises(LevelUnknown):
        dispute_line(month.client, issued, level="nothing", reason="x", at=AT)
    with pytest.raises(ReasonMissing):
        dispute_line(month.client, issued, level=LEVEL, reason="  ", at=AT)


def test_late_records_make_a_revision_and_the_disputed_one_is_replaced(month: Month) -> None:
    first = month.issued()
    dispute_line(month.client, first, level=LEVEL, reason="L-2 was answered at once.", at=AT)
    later = AT + timedelta(days=1)
    month.send(LATE, later)
    second = month.issued(at=later)
    assert (second.revision, second.state) == (2, "issued")
    assert json.loads(second.body)["levels"][0]["value"] == "100.00"
    assert again(first, month).state == "superseded"
    with entered(month.provider.reach):
        told = Contents.objects.filter(subject_id=first.pk, space=first.space_id).order_by("entry__sequence")
        assert list(told.values_list("action", flat=True)) == ["statement.issued", "statement.superseded"]
    with pytest.raises(StatementSuperseded):
        dispute_line(month.client, first, level=LEVEL, reason="still", at=AT)


def test_agreed_revision_stays_agreed_beside_the_next(month: Month) -> None:
    first = month.issued()
    agree_statement(month.client, first, typed="2026-03", at=AT)
    later = AT + timedelta(days=1)
    month.send(LATE, later)
    assert month.issued(at=later).revision == 2
    assert again(first, month).state == "agreed"
    with entered(month.provider.reach):
        assert not Contents.objects.filter(action="statement.superseded").exists()


def test_revision_that_moves_nothing_is_refused(month: Month) -> None:
    month.issued()
    with pytest.raises(NothingMoved):
        month.issued()


def test_draft_is_issued_once(month: Month) -> None:
    draft = month.drafted(month.provider)
    issue_statement(month.provider, draft, answer_by_on=None, at=AT)
    with pytest.raises(DraftIssued):
        issue_statement(month.provider, draft, answer_by_on=None, at=AT)


def test_month_that_is_not_over_is_not_issued(month: Month) -> None:
    draft = month.drafted(month.provider, "2026-04")
    with pytest.raises(MonthNotOver):
        issue_statement(month.provider, draft, answer_by_on=None, at=AT)


def test_form_that_is_stale_changes_nothing(month: Month) -> None:
    issued = month.issued()
    seen = issued.seen_as
    dispute_line(month.client, issued, level=LEVEL, reason="x", at=AT)
    with pytest.raises(Conflict, match="somebody changed this"):
        agree_statement(month.client, issued, typed="2026-03", at=AT, as_seen=seen)  # type: ignore[call-arg]  # taken by the door


def test_reader_and_rival_change_nothing(month: Month) -> None:
    issued = month.issued()
    with pytest.raises(NotPermitted):
        agree_statement(month.bargain.reader, issued, typed="2026-03", at=AT)
    with pytest.raises(NotSeen):
        agree_statement(month.bargain.rival, issued, typed="2026-03", at=AT)
    with entered(month.bargain.rival.reach), pytest.raises(NotSeen):
        statement_seen_by(month.bargain.rival, issued.pk)


def test_nobody_drafts_in_the_space_of_the_other_side(month: Month) -> None:
    agreement = month.bargain.agreement
    with entered(month.client.reach):
        computed = computed_month(chosen_now(agreement, "2026-03", as_of=AT), "2026-03")
        theirs = own_space_of(month.client, agreement.engagement_id)
    with pytest.raises(NotSeen):
        draft_statement(month.provider, theirs, agreement=agreement, computed=computed, at=AT)


def test_month_without_terms_is_refused(month: Month) -> None:
    from tests.contract.deal import bargain_of  # noqa: PLC0415 - only here

    other = bargain_of(month.bargain.cast, "Second")
    with entered(month.client.reach), pytest.raises(NoTermsYet):
        chosen_now(other.agreement, "2026-03", as_of=AT)
