"""The addresses of people's own pages."""

from __future__ import annotations

from django.urls import path

from handfast.people.web.views import (
    account,
    away,
    companies,
    erasing,
    feeds,
    mailing,
    organisations,
    sessions,
)

app_name = "people"
urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/mail/", mailing.mail, name="mail"),
    path("account/away/", away.away, name="away"),
    path("account/away/<uuid:delegation>/end/", away.end, name="away_end"),
    path("account/erase/", erasing.erase, name="erase"),
    path("account/tokens/", account.issue, name="token_new"),
    path("account/tokens/<uuid:token>/revoke/", account.revoke, name="token_revoke"),
    path("account/feeds/", feeds.make, name="feed_new"),
    path("account/feeds/<uuid:feed>/revoke/", feeds.revoke, name="feed_revoke"),
    path("account/sessions/<str:session>/end/", sessions.end, name="session_end"),
    path("account/companies/<slug:company>/link/", companies.link, name="company_link"),
    path("account/companies/<uuid:account>/unlink/", companies.unlink, name="company_unlink"),
    path("sign-in/<slug:company>/", companies.begin, name="company_begin"),
    path("sign-in/<slug:company>/back/", companies.back, name="company_back"),
    path("organisation/sign-in/", organisations.sign_in, name="organisation_sign_in"),
    path("act-for/<uuid:organisation>/", account.act_for, name="act_for"),
    path("organisation/", organisations.organisation, name="organisation"),
]
