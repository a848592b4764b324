"""Ask roles to sign a version, withdraw that, sign, and decline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.evidence.models import Signature, SignOff
from handfast.evidence.permissions import may_ask_sign_off, may_sign, may_withdraw_sign_off
from handfast.evidence.queries.signing import ANSWERED, ASKED, check_asked_once, sides_that_see
from handfast.evidence.reading.asked import checked_reason, checked_roles
from handfast.evidence.refusals import SignatureAnswered, SignatureRefused, SignOffEnded
from handfast.foundation.actions import action
from handfast.foundation.outbox import later

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.models import DocumentVersion
    from handfast.evidence.reading.asked import SignOffSaid
    from handfast.foundation.actor import Actor


@action(permits=may_ask_sign_off, records="sign_off.asked")
def ask_sign_off(actor: Actor, version: DocumentVersion, /, *, said: SignOffSaid, at: datetime) -> SignOff:
    """Ask each of these roles to sign what the version says. Raises SignOffRefused, SignOffStands.

    The version is locked: of two who ask the same role at once, the second finds it asked.
    """
    roles = checked_roles(said, sides_that_see(version))
    check_asked_once(version, roles)
    made: SignOff = SignOff.objects.create(
        space_id=version.space_id, document_version=version, due_on=said.due_on, asked_at=at,
        asked_by_id=actor.person, asked_for_id=actor.organisation,
    )  # fmt: skip
    Signature.objects.bulk_create(
        Signature(
            space_id=version.space_id, engagement_id=version.document.engagement_id, sign_off=made,
            document_version=version, side=side, role=role,
        )
        for side, role in roles
    )  # fmt: skip
    later(ASKED, made, due_at=at, actor=actor)
    return made


@action(permits=may_withdraw_sign_off, records="sign_off.withdrawn")
def withdraw_sign_off(actor: Actor, sign_off: SignOff, /, *, at: datetime) -> SignOff:
    """Ask no longer whoever has not answered; what was signed stays. Raises SignOffEnded."""
    waiting = Signature.objects.filter(sign_off=sign_off, state=Signature.State.WAITING)
    if not waiting.update(state=Signature.State.WITHDRAWN):
        raise SignOffEnded("everybody has answered: there is nothing to withdraw")
    sign_off.withdrawn_at = at
    sign_off.save(update_fields=["withdrawn_at"])
    return sign_off


@action(permits=may_sign, records="signature.given")
def sign_version(actor: Actor, signature: Signature, /, *, sha256: str, at: datetime) -> Signature:
    """Sign the text with this digest, for the role. Raises SignatureAnswered, SignatureRefused.

    The signature is locked: of two of one role in the same second, the second finds it signed.
    """
    _check_waits(signature)
    if sha256 != signature.document_version.sha256:
        fault = f"the digest of version {signature.document_version.number} is another one: read it again"
        raise SignatureRefused(f"nothing is signed: sha256: {fault}", [("sha256", fault)])
    return _answered(actor, signature, at, state=Signature.State.SIGNED, sha256=sha256)


@action(permits=may_sign, records="signature.declined")
def decline_signature(actor: Actor, signature: Signature, /, *, reason: str, at: datetime) -> Signature:
    """Say why the role does not sign. Raises SignatureAnswered, SignatureRefused."""
    _check_waits(signature)
    return _answered(actor, signature, at, state=Signature.State.DECLINED, reason=checked_reason(reason))


def _check_waits(signature: Signature) -> None:
    if signature.state == Signature.State.WITHDRAWN:
        raise SignatureAnswered("this is asked no longer: the owner withdrew it")
    if signature.state != Signature.State.WAITING:
        raise SignatureAnswered("somebody of your role has answered this already")


def _answered(actor: Actor, signature: Signature, at: datetime, **said: str) -> Signature:
    for name, value in said.items():
        setattr(signature, name, value)
    signature.answered_at, signature.answered_by_id, signature.answered_for_id = (
        at,
        actor.person,
        actor.organisation,
    )
    signature.save(update_fields=[*said, "answered_at", "answered_by_id", "answered_for_id"])
    later(ANSWERED, signature, due_at=at, actor=actor)
    return signature
