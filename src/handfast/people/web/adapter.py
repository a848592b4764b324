"""What sign-in asks of the house: nobody signs up alone, people come by invitation."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Doorkeeper(DefaultAccountAdapter):  # type: ignore[misc]  # the library is untyped
    """Sign-up is closed; names come from the person, as they wrote it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the library's signature
        return False

    def get_user_display(self, user: Any) -> str:
        return str(user.name)
