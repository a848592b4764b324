"""Who may comment, attach files, link things and keep documents, and take back what they said or did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from handfast.evidence.models import Signature
from handfast.people.models import Membership, lasting

if TYPE_CHECKING:
    from handfast.evidence.models import (
        Comment,
        Document,
        DocumentVersion,
        File,
        Mention,
        Passage,
        Reference,
        Relation,
        SignOff,
    )
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

SIGNING = "keep-registers"


def may_comment(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side; which spaces they write the reach says."""
    return actor.can("keep-registers", space.engagement_id)


def may_withdraw_comment(actor: Actor, comment: Comment) -> bool:
    """Its author alone."""
    return actor.person == comment.written_by_id and actor.can("keep-registers", comment.engagement_id)


def may_see_mention(actor: Actor, mention: Mention) -> bool:
    """Whoever is mentioned."""
    return actor.person == mention.person_id


def may_attach_file(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side, as with comments."""
    return actor.can("keep-registers", space.engagement_id)


def may_withdraw_file(actor: Actor, file: File) -> bool:
    """Whoever attached it."""
    return actor.person == file.attached_by_id and actor.can("keep-registers", file.engagement_id)


def may_relate(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side, as with comments."""
    return actor.can("keep-registers", space.engagement_id)


def may_remove_relation(actor: Actor, relation: Relation) -> bool:
    """The same, whoever made it: both things stay as they are."""
    return actor.can("keep-registers", relation.engagement_id)


def may_add_reference(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side, as with comments."""
    return actor.can("keep-registers", space.engagement_id)


def may_remove_reference(actor: Actor, reference: Reference) -> bool:
    """The same, whoever added it: its copy stays among the files."""
    return actor.can("keep-registers", reference.engagement_id)


def may_write_document(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, of either side; which spaces they write the reach says."""
    return actor.can("keep-registers", space.engagement_id)


def may_change_document(actor: Actor, document: Document) -> bool:
    """The same: what both see is both sides' to keep."""
    return actor.can("keep-registers", document.engagement_id)


def may_resolve_passage(actor: Actor, passage: Passage) -> bool:
    """Whoever keeps registers, of either side, as with comments."""
    return actor.can("keep-registers", passage.engagement_id)


def may_ask_sign_off(actor: Actor, version: DocumentVersion) -> bool:
    """The document's owner; while it has none, whoever keeps registers."""
    return _owns(actor, version.document)


def may_withdraw_sign_off(actor: Actor, sign_off: SignOff) -> bool:
    """The same."""
    return _owns(actor, sign_off.document_version.document)


def may_sign(actor: Actor, signature: Signature) -> bool:
    """Whoever holds the role that was asked, at its side, for the organisation that they act for."""
    if not actor.can(SIGNING, signature.engagement_id):
        return False
    return Signature.objects.filter(signable_by(actor), pk=signature.pk).exists()


def signable_by(actor: Actor) -> Exists:
    """The one place that says for which roles somebody signs: those that they hold at the side that was asked.

    And those of whoever is away and has handed them that over, in the engagements for which it was handed over.
    """
    who = Q(person_id=actor.person)
    for one in actor.stand_ins:
        if SIGNING in one.words:
            who |= Q(person_id=one.person, engagement_id=one.engagement)
    mine = Membership.objects.filter(
        who, lasting(), engagement_id=OuterRef("engagement_id"), side=OuterRef("side"),
        organisation_id__in=[actor.organisation],
    )  # fmt: skip
    quoted = Concat(Value('"'), OuterRef("role"), Value('"'))
    return Exists(mine.annotate(words=Cast("roles", TextField())).filter(words__contains=quoted))


def _owns(actor: Actor, document: Document) -> bool:
    is_own = document.owner_id is None or actor.person == document.owner_id
    return is_own and actor.can("keep-registers", document.engagement_id)
