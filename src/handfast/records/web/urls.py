"""The addresses of records' pages, below an engagement."""

from __future__ import annotations

from django.urls import path

from handfast.records.web.views import imports, process, sources, staff, uploads

app_name = "records"
HERE = "engagements/<uuid:engagement>/records/"
urlpatterns = [
    path(HERE, imports.imports, name="imports"),
    path(f"{HERE}export/<str:form>", imports.imports_export, name="imports_export"),
    path(f"{HERE}import/", uploads.send, name="send"),
    path(f"{HERE}uploads/<uuid:upload>/", uploads.upload, name="upload"),
    path(f"{HERE}uploads/<uuid:upload>/progress/", uploads.upload_progress, name="upload_progress"),
    path(f"{HERE}batches/<uuid:batch>/withdraw/", uploads.withdraw, name="withdraw"),
    path(f"{HERE}sources/", sources.sources, name="sources"),
    path(f"{HERE}sources/export/<str:form>", sources.sources_export, name="sources_export"),
    path(f"{HERE}staff/", staff.staff, name="staff"),
    path(f"{HERE}sources/new/", sources.add, name="source_new"),
    path(f"{HERE}sources/<uuid:source>/", sources.mapping, name="mapping"),
    path(f"{HERE}sources/<uuid:source>/process/", process.process_map, name="process_map"),
    path(
        f"{HERE}sources/<uuid:source>/process/export/<str:form>",
        process.process_map_export,
        name="process_map_export",
    ),
]
