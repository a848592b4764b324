"""What sign-in asks of the house: nobody signs up alone, people come by invitation, and as their organisation asks."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest, HttpResponse

from handfast.people.models import Person
from handfast.people.queries import is_shut_out
from handfast.people.refusals import CompanySignInRefused
from handfast.people.web.company.entered import issuers_of


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Sign-up is closed; names come from the person, as they wrote it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False

    def get_user_display(self, user: Any) -> str:
        return str(user.name)

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """A right password where it opens nothing is answered as a wrong one."""
        person: Person | None = super().authenticate(request, **credentials)
        if person is None or not is_shut_out(person.pk, ()):
            return person
        self.pre_authenticate(
            request, **credentials
        )  # the try is counted as the wrong one that it is told to be
        return None

    def pre_login(self, request: HttpRequest, user: Person, **given: Any) -> HttpResponse | None:
        """The same of every other way in, as a passkey. Raises CompanySignInRefused."""
        answer: HttpResponse | None = super().pre_login(request, user, **given)
        if answer is None and is_shut_out(user.pk, issuers_of(request, user)):
            raise CompanySignInRefused(log="their organisation asks for another sign-in")
        return answer
