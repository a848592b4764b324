"""`check.py SPACE`: prints the keys that were kept, the entries, and whether the chain is whole."""

from __future__ import annotations

import json
import sys
from uuid import UUID

import django

django.setup()

from tests.factories.programs.bells import actor_in  # noqa: E402 - as above

from handfast.foundation.journal import verified  # noqa: E402 - after Django is set up
from handfast.foundation.models import Contents, Outgoing  # noqa: E402 - as above
from handfast.foundation.scope import entered  # noqa: E402 - as above


def main(space: UUID) -> None:
    """Tell what is there."""
    with entered(actor_in(space).reach):
        verdict = verified(space)
        keys = Outgoing.objects.filter(kind="bell.rung", space_id=space).values_list("key", flat=True)
        told = {
            "keys": list(keys),
            "noted": list(
                Outgoing.objects.filter(kind="bell.noted", space_id=space).values_list("key", flat=True)
            ),
            "entries": Contents.objects.filter(action="bell.rung_loudly").count(),
            "said": verdict.said,
        }
    print(json.dumps(told))  # noqa: T201 - the answer to whoever started it


if __name__ == "__main__":
    main(UUID(sys.argv[1]))
