"""The verbs of the room: the only code that writes."""

from handfast.evidence.actions.comments import see_mention, withdraw_comment, write_comment
from handfast.evidence.actions.documents import amend_document, publish_file, publish_version, write_document
from handfast.evidence.actions.files import attach_file, withdraw_file
from handfast.evidence.actions.passages import comment_on_passage, settle_passage
from handfast.evidence.actions.references import add_reference, remove_reference
from handfast.evidence.actions.relations import relate_things, remove_relation
from handfast.evidence.actions.several import take_in_documents
from handfast.evidence.actions.signing import ask_sign_off, decline_signature, sign_version, withdraw_sign_off

__all__ = [
    "add_reference",
    "amend_document",
    "ask_sign_off",
    "attach_file",
    "comment_on_passage",
    "decline_signature",
    "publish_file",
    "publish_version",
    "relate_things",
    "remove_reference",
    "remove_relation",
    "see_mention",
    "settle_passage",
    "sign_version",
    "take_in_documents",
    "withdraw_comment",
    "withdraw_file",
    "withdraw_sign_off",
    "write_comment",
    "write_document",
]
