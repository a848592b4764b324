"""The form that asks for a new password: the worker sends the link, so that the answer tells nothing by its time."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest
from django.utils import timezone

from handfast.people.actions.resets import ask_for_reset
from handfast.people.queries import person_at


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # the library is untyped
    """The library's, which would send the mail within the request, to those whom it knows."""

    def save(self, request: HttpRequest, **_given: Any) -> str:  # noqa: ARG002 - the library's signature
        email = str(self.cleaned_data["email"])
        ask_for_reset(person_at(email), at=timezone.now())
        return email
