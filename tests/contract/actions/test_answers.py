"""Terms are proposed by one side and answered by the other, once; every refusal has its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.contract.deal import AMENDED, AT, BROKEN, CHANGED, TERMS, Bargain, bargain_of
from tests.factories.cast import a_deal, engagement_of, narrowed, organisation_of, person_named

from handfast.contract.actions import (
    agree_terms,
    decline_terms,
    draft_terms,
    make_agreement,
    propose_terms,
    put_in_force_alone,
    save_draft,
    withdraw_terms,
)
from handfast.contract.models import TermsDraft, TermsVersion
from handfast.contract.queries import terms_in_force
from handfast.contract.reading.checking import prepared
from handfast.contract.refusals import (
    AgreementTitleTaken,
    DeclinedWithoutReason,
    DraftThere,
    NumberMistyped,
    OtherSideAnswers,
    TermsAnswered,
    TermsHaveErrors,
    TermsTooLarge,
    TermsUnchanged,
    TermsWaiting,
)
from handfast.engagement.queries import engagements_seen_by
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.people.queries import actor_for, own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

State = TermsVersion.State


def in_force(bargain: Bargain, actor: Actor) -> TermsVersion | None:
    with entered(actor.reach):
        return terms_in_force(bargain.agreement)


def test_terms_agreed_by_the_other_side_are_in_force_for_both(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    assert in_force(bargain, bargain.client) is None
    agreed = agree_terms(bargain.provider, version, typed=" Version 1 ", at=AT)
    assert (agreed.state, agreed.answered_for_id) == (State.AGREED, bargain.provider.organisation)
    assert in_force(bargain, bargain.client) == in_force(bargain, bargain.provider) == agreed


def test_proposing_hands_over_a_snapshot_that_the_draft_does_not_change(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    bargain.drafted(bargain.client, CHANGED)
    with entered(bargain.provider.reach):
        kept = TermsVersion.objects.get(pk=version.pk)
        assert (kept.text, kept.space_id) == (TERMS, bargain.agreement.space_id)
        assert not TermsDraft.objects.exists()


def test_version_says_from_which_day_it_differs(bargain: Bargain) -> None:
    first = bargain.agreed()
    second = bargain.agreed(AMENDED)
    assert (str(first.in_force_on), str(second.in_force_on)) == ("2026-01-01", "2026-07-01")
    assert str(bargain.agreed(CHANGED).in_force_on) == "2026-01-01"


@pytest.mark.parametrize("typed", ["", "2", "one", "version", "1.0"])
def test_number_mistyped_agrees_to_nothing(bargain: Bargain, typed: str) -> None:
    version = bargain.proposed(bargain.client)
    with pytest.raises(NumberMistyped):
        agree_terms(bargain.provider, version, typed=typed, at=AT)
    assert in_force(bargain, bargain.client) is None


def test_own_proposal_cannot_be_agreed_or_declined(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    with pytest.raises(NotPermitted):
        agree_terms(bargain.client, version, typed="1", at=AT)
    with pytest.raises(NotPermitted):
        decline_terms(bargain.client, version, reason="no", at=AT)
    with pytest.raises(NotPermitted):
        withdraw_terms(bargain.provider, version, at=AT)
    with pytest.raises(NotPermitted):
        put_in_force_alone(bargain.provider, version, typed="1", at=AT)


def test_declined_terms_keep_their_reason_and_are_not_in_force(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.provider)
    with pytest.raises(DeclinedWithoutReason):
        decline_terms(bargain.client, version, reason="  ", at=AT)
    with pytest.raises(FieldsRefused):
        decline_terms(bargain.client, version, reason="a\x00b", at=AT)
    declined = decline_terms(bargain.client, version, reason="Four hours are too long.", at=AT)
    assert (declined.state, declined.reason) == (State.DECLINED, "Four hours are too long.")
    assert in_force(bargain, bargain.client) is None


def test_answered_terms_are_not_answered_again(bargain: Bargain) -> None:
    version = bargain.agreed()
    for again in (
        lambda: agree_terms(bargain.provider, version, typed="1", at=AT),
        lambda: decline_terms(bargain.provider, version, reason="late", at=AT),
        lambda: withdraw_terms(bargain.client, version, at=AT),
        lambda: put_in_force_alone(bargain.client, version, typed="1", at=AT),
    ):
        with pytest.raises(TermsAnswered):
            again()


def test_stale_form_agrees_to_nothing(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    seen = version.seen_as
    withdraw_terms(bargain.client, version, at=AT)
    with pytest.raises(Conflict):
        agree_terms(bargain.provider, version, typed="1", at=AT, as_seen=seen)


def test_one_proposal_waits_at_a_time(bargain: Bargain) -> None:
    waiting = bargain.proposed(bargain.client)
    with pytest.raises(TermsWaiting):
        bargain.proposed(bargain.provider, CHANGED)
    withdraw_terms(bargain.client, waiting, at=AT)
    assert bargain.proposed(bargain.provider, CHANGED).number == 2


def test_proposal_that_changes_only_a_comment_is_refused(bargain: Bargain) -> None:
    bargain.agreed()
    with pytest.raises(TermsUnchanged):
        bargain.proposed(bargain.client, "# again\n" + TERMS)


def test_terms_with_errors_are_not_prepared(bargain: Bargain) -> None:
    with pytest.raises(TermsHaveErrors, match="there is no clock 'absent'"):
        bargain.proposed(bargain.client, BROKEN)


def test_draft_saved_after_it_was_checked_is_not_proposed(bargain: Bargain) -> None:
    draft = bargain.drafted(bargain.client)
    save_draft(bargain.client, draft, text=CHANGED, at=AT)
    with pytest.raises(Conflict):
        propose_terms(bargain.client, draft, prepared=prepared(TERMS), side="client", at=AT)


def test_draft_saved_by_a_colleague_meanwhile_is_a_conflict(bargain: Bargain) -> None:
    draft = bargain.drafted(bargain.client)
    opened_on = draft.seen_as
    save_draft(bargain.client, draft, text=CHANGED, at=AT, as_seen=opened_on)
    with pytest.raises(Conflict):
        save_draft(bargain.client, draft, text=TERMS, at=AT, as_seen=opened_on)


def test_side_has_one_draft_of_an_agreement(bargain: Bargain) -> None:
    bargain.drafted(bargain.client)
    with entered(bargain.client.reach):
        space = own_space_of(bargain.client, bargain.agreement.engagement_id)
    with pytest.raises(DraftThere):
        draft_terms(bargain.client, space, agreement=bargain.agreement, text="", based_on=0, at=AT)


def test_draft_of_another_engagements_terms_is_not_seen(bargain: Bargain) -> None:
    rivals = make_agreement(
        bargain.rival,
        _engagement_of(bargain.rival),
        title="Back Office",
        currency="EUR",
        signed_on=None,
        at=AT,
    )
    with entered(bargain.client.reach):
        space = own_space_of(bargain.client, bargain.agreement.engagement_id)
    with pytest.raises(NotSeen):
        draft_terms(bargain.client, space, agreement=rivals, text="", based_on=0, at=AT)


def _engagement_of(actor: Actor) -> Engagement:
    with entered(actor.reach):
        return engagements_seen_by(actor).get()


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "x" * 1_000_001])
def test_text_that_cannot_be_kept_is_refused(bargain: Bargain, text: str) -> None:
    with pytest.raises((FieldsRefused, TermsTooLarge)):
        bargain.drafted(bargain.client, text)


def test_reader_writes_agrees_and_makes_nothing(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.provider)
    with pytest.raises(NotPermitted):
        make_agreement(
            bargain.reader, bargain.cast.engagement, title="Other", currency="CAD", signed_on=None, at=AT
        )
    with pytest.raises(NotPermitted):
        agree_terms(bargain.reader, version, typed="1", at=AT)
    with pytest.raises(NotPermitted):
        agree_terms(narrowed(bargain.client, "write-terms"), version, typed="1", at=AT)


def test_rival_and_stranger_see_nothing_to_answer(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    for actor in (bargain.rival, bargain.stranger):
        with pytest.raises(NotSeen):
            agree_terms(actor, version, typed="1", at=AT)


def test_agreement_is_titled_once_in_an_engagement(bargain: Bargain) -> None:
    with pytest.raises(AgreementTitleTaken):
        bargain_of(bargain.cast)
    for title, currency in (("", "CAD"), ("x" * 121, "CAD"), ("Other", "cad"), ("Oth\x00er", "CAD")):
        with pytest.raises(FieldsRefused):
            make_agreement(
                bargain.client, bargain.cast.engagement, title=title, currency=currency, signed_on=None, at=AT
            )


def test_terms_are_put_in_force_alone_only_while_nobody_can_answer(bargain: Bargain) -> None:
    version = bargain.proposed(bargain.client)
    with pytest.raises(OtherSideAnswers):
        put_in_force_alone(bargain.client, version, typed="1", at=AT)


@pytest.mark.django_db
def test_terms_in_force_alone_say_that_they_are_not_countersigned() -> None:
    owner = person_named("Helen Osei")
    lumen = organisation_of(owner, "Lumen")
    engagement = engagement_of(owner, lumen, a_deal())
    actor = actor_for(owner)
    agreement = make_agreement(actor, engagement, title="Alone", currency="CAD", signed_on=None, at=AT)
    with entered(actor.reach):
        space = own_space_of(actor, agreement.engagement_id)
    draft = draft_terms(actor, space, agreement=agreement, text=TERMS, based_on=0, at=AT)
    version = propose_terms(actor, draft, prepared=prepared(TERMS), side="client", at=AT)
    with pytest.raises(NumberMistyped):
        put_in_force_alone(actor, version, typed="", at=AT)
    kept = put_in_force_alone(actor, version, typed="1", at=AT)
    with entered(actor.reach):
        assert (kept.state, terms_in_force(agreement)) == (State.NOT_COUNTERSIGNED, kept)
