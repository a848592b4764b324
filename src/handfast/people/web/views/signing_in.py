"""The library's page for signing in, with the ways that this installation offers beside the password."""

from __future__ import annotations

from typing import Any

from allauth.account.views import LoginView

from handfast.people.web.company.flow import companies


class SignInView(LoginView):  # type: ignore[misc]  # the library is untyped
    """Names the companies by whose own sign-in people may enter."""

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**given)
        return {**context, "companies": companies()}


sign_in = SignInView.as_view()
sign_in.is_spoken = True  # as the library's other pages
