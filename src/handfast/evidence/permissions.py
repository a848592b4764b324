"""Who may comment, attach files, link things and keep documents, and take back what they said or did."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.evidence.models import Comment, Document, File, Mention, Reference, Relation
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


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
