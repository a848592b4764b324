"""What the room of evidence refuses."""

from __future__ import annotations

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal


class CommentRefused(FieldsRefused):
    """A comment whose text, mentions or audience cannot be kept."""

    code = "comment-refused"


class CommentStands(Refusal):
    """The same comment of the same form, sent again: it stands once."""

    code = "comment-stands"
    status = 409


class CommentWithdrawn(Refusal):
    """A comment that was withdrawn already."""

    code = "comment-withdrawn"
    status = 409


class AudienceRefused(FieldsRefused):
    """An audience that there is not, or that would show to both sides what one keeps for itself."""

    code = "audience-refused"


class FileRefused(FieldsRefused):
    """A file of a kind that is not kept, that is not what its name says, or that the scanner found something in."""

    code = "file-refused"


class FileStands(Refusal):
    """The same file beside the same thing, or the same form sent again: it stands once."""

    code = "file-stands"
    status = 409


class FilesFull(Refusal):
    """What a side may keep in an engagement is used up."""

    code = "files-full"


class FileNotScanned(Refusal):
    """The scanner that the installation asks about every file did not answer."""

    code = "file-not-scanned"
    status = 503


class FileWithdrawn(Refusal):
    """A file that was withdrawn: its bytes are gone."""

    code = "file-withdrawn"
    status = 410


class FilePublished(Refusal):
    """A file that is a version of a document: a version never changes."""

    code = "file-published"
    status = 409


class FileLost(Refusal):
    """A file whose bytes are not where they were kept."""

    code = "file-lost"
    status = 410


class RelationRefused(FieldsRefused):
    """A number or an address that names nothing which can be linked here."""

    code = "relation-refused"


class RelationStands(Refusal):
    """Two things that are linked already."""

    code = "relation-stands"
    status = 409


class ReferenceRefused(FieldsRefused):
    """An address elsewhere that is none, or that has no name."""

    code = "reference-refused"


class ReferenceStands(Refusal):
    """An address that stands beside the same thing already."""

    code = "reference-stands"
    status = 409


class DocumentsRefused(FieldsRefused):
    """A set of documents of which one or more cannot be kept: none of them is."""

    code = "documents-refused"


class DocumentRefused(FieldsRefused):
    """A document whose title, kind, owner or text cannot be kept."""

    code = "document-refused"


class DocumentUnchanged(Refusal):
    """A draft that says what is kept already, or a version that would say what the one before it says."""

    code = "document-unchanged"
    status = 409


class SignOffRefused(FieldsRefused):
    """A request to sign that names no role, or one that cannot sign here."""

    code = "sign-off-refused"


class SignOffStands(Refusal):
    """A role that was asked to sign the same version already."""

    code = "sign-off-stands"
    status = 409


class SignOffEnded(Refusal):
    """A request to sign that everybody has answered: there is nothing to withdraw."""

    code = "sign-off-ended"
    status = 409


class SignatureRefused(FieldsRefused):
    """A signature over another digest than the version's, or a decline without its reason."""

    code = "signature-refused"


class SignatureAnswered(Refusal):
    """A signature that was given, declined or withdrawn already."""

    code = "signature-answered"
    status = 409


class PassageRefused(FieldsRefused):
    """The number of a passage that a version does not have."""

    code = "passage-refused"
