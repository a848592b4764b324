"""The nouns of evidence."""

from handfast.evidence.models.comment import Comment
from handfast.evidence.models.document import Document
from handfast.evidence.models.document_version import DocumentVersion
from handfast.evidence.models.file import File
from handfast.evidence.models.mention import Mention
from handfast.evidence.models.passage import Passage
from handfast.evidence.models.reference import Reference
from handfast.evidence.models.relation import Relation
from handfast.evidence.models.sign_off import SignOff
from handfast.evidence.models.signature import Signature

__all__ = [
    "Comment",
    "Document",
    "DocumentVersion",
    "File",
    "Mention",
    "Passage",
    "Reference",
    "Relation",
    "SignOff",
    "Signature",
]
