"""The verbs of the room: the only code that writes."""

from handfast.evidence.actions.comments import see_mention, withdraw_comment, write_comment
from handfast.evidence.actions.documents import amend_document, publish_version, write_document
from handfast.evidence.actions.files import attach_file, withdraw_file
from handfast.evidence.actions.references import add_reference, remove_reference
from handfast.evidence.actions.relations import relate_things, remove_relation

__all__ = [
    "add_reference",
    "amend_document",
    "attach_file",
    "publish_version",
    "relate_things",
    "remove_reference",
    "remove_relation",
    "see_mention",
    "withdraw_comment",
    "withdraw_file",
    "write_comment",
    "write_document",
]
