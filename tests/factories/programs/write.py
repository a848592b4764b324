"""`write.py SPACE`: rings without end, and says the key of each ring after it is committed."""

from __future__ import annotations

import sys
from uuid import UUID, uuid4

import django

django.setup()

from tests.factories.programs.bells import AT, actor_in, new_space, ring  # noqa: E402 - as above

from handfast.foundation.models import Space  # noqa: E402 - after Django is set up


def main(wanted: str) -> None:
    """Ring until somebody ends it; without a space, make one and say its id."""
    if wanted == "new":
        print(new_space()[1].id, flush=True)  # noqa: T201 - the answer to whoever started it
        return
    space = Space.objects.get(pk=UUID(wanted))
    actor = actor_in(space.id)
    while True:
        key = str(uuid4())
        ring(actor, space, key=key, at=AT)
        print(key, flush=True)  # noqa: T201 - the acknowledgement


if __name__ == "__main__":
    main(sys.argv[1])
