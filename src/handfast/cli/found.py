"""`handfast found`: makes somebody known who opens the first engagement, and prints the link that sets the password."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import urlencode

import typer

from handfast.cli.opening import open_house


def found(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As the others should read it.")],
    email: Annotated[str, typer.Argument(metavar="EMAIL", help="The work address that signs in.")],
    organisation: Annotated[
        str, typer.Option("--organisation", metavar="ORG", help="What the organisation is called.")
    ],
) -> None:
    """Make somebody known who has no invitation; their organisation is founded with its first engagement."""
    open_house()
    from allauth.account.forms import default_token_generator
    from allauth.account.utils import user_pk_to_url_str
    from django.conf import settings
    from django.contrib.auth.hashers import make_password
    from django.db import transaction
    from django.urls import reverse

    from handfast.cli.harmless import harmless_lines
    from handfast.people.actions.persons import checked_address, new_person

    with transaction.atomic():
        person = new_person(
            checked_address(email), name, password=make_password(None), zone="UTC", at=datetime.now(UTC)
        )
    words = {"uidb36": user_pk_to_url_str(person), "key": default_token_generator.make_token(person)}
    password = reverse("account_reset_password_from_key", kwargs=words)
    opening = f"{reverse('engagement:new')}?{urlencode({'organisation': organisation})}"
    typer.echo(f"{harmless_lines(person.name)} is known. Choose a password here; the link works once:")
    typer.echo(f"  {settings.HANDFAST_ADDRESS}{password}")
    typer.echo(f"Then open the first engagement of {harmless_lines(organisation)}:")
    typer.echo(f"  {settings.HANDFAST_ADDRESS}{opening}")
