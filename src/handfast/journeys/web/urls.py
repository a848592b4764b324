"""The addresses of journeys' pages."""

from __future__ import annotations

from django.urls import path

from handfast.journeys.web.views import (
    bringing,
    channels,
    deciding,
    entry,
    feed,
    health,
    home,
    inviting,
    journal,
    keys,
    notices,
    overview,
    own_data,
    palette,
    populations,
    portfolio,
    preview,
    samples,
)

app_name = "journeys"
ONE = "engagements/<uuid:engagement>/"
urlpatterns = [
    path("home/", home.home, name="home"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/export/<str:form>", portfolio.portfolio_export, name="portfolio_export"),
    path("search/", palette.palette, name="palette"),
    path("account/data/", own_data.mine, name="own_data"),
    path("account/data.json", own_data.mine_json, name="own_data_json"),
    path("keys/", keys.keys, name="keys"),
    path("notices/", notices.notices, name="notices"),
    path("notices/export/<str:form>", notices.notices_export, name="notices_export"),
    path("notices/<uuid:notice>/", notices.notice, name="notice"),
    path("feeds/<str:feed_secret>.ics", feed.feed, name="feed"),
    path("decide/<str:decide_secret>/", deciding.decide, name="decide"),
    path("samples/<slug:key>/load/", samples.load, name="load_sample"),
    path(ONE, overview.overview, name="overview"),
    path(f"{ONE}channels/", channels.channels, name="channels"),
    path(f"{ONE}channels/<uuid:channel>/test/", channels.try_it, name="try_channel"),
    path(f"{ONE}channels/<uuid:channel>/stop/", channels.stop, name="stop_channel"),
    path(f"{ONE}preview/", preview.begin, name="preview"),
    path("preview/end/", preview.end, name="end_preview"),
    path(f"{ONE}remove-sample/", samples.remove, name="remove_sample"),
    path(f"{ONE}bring-in/", bringing.bring_in, name="bring_in"),
    path(f"{ONE}bring-in/skip/", bringing.skip, name="skip_step"),
    path(f"{ONE}bring-in/<uuid:skipped>/take-up/", bringing.take_up, name="take_up_step"),
    path(f"{ONE}people/several/", inviting.people_several, name="people_several"),
    path(f"{ONE}health/", health.health, name="health"),
    path(f"{ONE}health/export/<str:form>", health.health_export, name="health_export"),
    path(f"{ONE}journal/", journal.journal, name="journal"),
    path(f"{ONE}journal/export/<str:form>", journal.journal_export, name="journal_export"),
    path(f"{ONE}populations/", populations.populations, name="populations"),
    path(
        f"{ONE}populations/<slug:population>/export/<str:form>",
        populations.population_export,
        name="population_export",
    ),
    path(f"{ONE}journal/entries/<uuid:entry>/", entry.entry, name="entry"),
    path(f"{ONE}journal/<uuid:subject>/", journal.history, name="history"),
]
