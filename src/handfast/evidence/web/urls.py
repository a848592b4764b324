"""The addresses of evidence's pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.evidence.web.views import comments, files, references, relations

app_name = "evidence"
HERE = "engagements/<uuid:engagement>/"
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
]
