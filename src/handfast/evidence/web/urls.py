"""The addresses of evidence's pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.evidence.web.views import (
    comments,
    comparing,
    document,
    documents,
    files,
    passages,
    references,
    relations,
    several,
    signing,
    to_sign,
    uploading,
)

app_name = "evidence"
HERE = "engagements/<uuid:engagement>/"
DOCUMENT = f"{HERE}documents/<uuid:document>/"
urlpatterns = [
    path(f"{HERE}comments/<str:about>/<uuid:item>/", comments.comments, name="comments"),
    path(f"{HERE}comment/<uuid:comment>/", comments.comment, name="comment"),
    path(f"{HERE}comment/<uuid:comment>/withdraw/", comments.withdraw, name="comment_withdraw"),
    path(f"{HERE}comment/<uuid:comment>/seen/", comments.seen, name="mention_seen"),
    path(f"{HERE}files/<str:about>/<uuid:item>/", files.files, name="files"),
    path(f"{HERE}file/<uuid:file>/download/", files.download, name="file_download"),
    path(f"{HERE}file/<uuid:file>/withdraw/", files.withdraw, name="file_withdraw"),
    path(f"{HERE}links/<str:about>/<uuid:item>/", relations.relate, name="relate"),
    path(f"{HERE}link/<uuid:relation>/remove/", relations.remove, name="relation_remove"),
    path(f"{HERE}elsewhere/<str:about>/<uuid:item>/", references.add, name="reference_add"),
    path(f"{HERE}reference/<uuid:reference>/remove/", references.remove, name="reference_remove"),
    path(f"{HERE}documents/", documents.documents, name="documents"),
    path(f"{HERE}documents/several/", several.documents_several, name="documents_several"),
    path(f"{HERE}documents/new/", documents.document_new, name="document_new"),
    path(f"{HERE}documents/export/<str:form>", documents.documents_export, name="documents_export"),
    path(DOCUMENT, document.document, name="document"),
    path(f"{DOCUMENT}draft/", document.document_draft, name="document_draft"),
    path(f"{DOCUMENT}edit/", document.document_edit, name="document_edit"),
    path(f"{DOCUMENT}publish/", document.document_publish, name="document_publish"),
    path(f"{DOCUMENT}file/", uploading.document_file, name="document_file"),
    path(f"{DOCUMENT}versions/<int:number>/", document.document_version, name="document_version"),
    path(f"{DOCUMENT}versions/<int:number>.md", document.version_download, name="version_download"),
    path(f"{DOCUMENT}compare/", comparing.document_compare, name="document_compare"),
    path(f"{DOCUMENT}sign-off/", signing.sign_off_ask, name="sign_off_ask"),
    path(f"{HERE}sign-off/<uuid:sign_off>/withdraw/", signing.sign_off_withdraw, name="sign_off_withdraw"),
    path(f"{HERE}to-sign/", to_sign.waiting, name="to_sign"),
    path(f"{HERE}signature/<uuid:signature>/", signing.signature, name="signature"),
    path(f"{HERE}signature/<uuid:signature>/decline/", signing.signature_decline, name="signature_decline"),
    path(f"{DOCUMENT}versions/<int:number>/passages/<int:place>/", passages.passage_new, name="passage_new"),
    path(f"{HERE}passage/<uuid:passage>/", passages.passage, name="passage"),
    path(f"{HERE}passage/<uuid:passage>/settle/", passages.passage_settle, name="passage_settle"),
]
