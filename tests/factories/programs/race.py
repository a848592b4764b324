"""`race.py THREADS ROUNDS`: in each round all threads silence one bell; prints winners, entries and notices."""

from __future__ import annotations

import json
import sys
import threading

import django

django.setup()

from django.db import connections  # noqa: E402 - after Django is set up
from tests.factories.programs.bells import AT, new_space, ring, tried  # noqa: E402 - as above

from handfast.foundation.journal import verified  # noqa: E402 - as above
from handfast.foundation.models import Contents, Outgoing  # noqa: E402 - as above
from handfast.foundation.refusals import Conflict  # noqa: E402 - as above
from handfast.foundation.scope import entered  # noqa: E402 - as above


def main(threads: int, rounds: int) -> None:
    """Make the bells, race, and tell what is there afterwards."""
    actor, space = new_space()
    for number in range(rounds):
        ring(actor, space, key=f"{space.id}:{number}", at=AT)
    with entered(actor.reach):
        bells = list(Contents.objects.order_by("entry__sequence"))
    barrier = threading.Barrier(threads)
    won: list[int] = []
    faults: list[str] = []

    def run() -> None:
        for number, bell in enumerate(bells):
            barrier.wait()
            if tried(actor, bell, Conflict, faults)():
                won.append(number)
        connections.close_all()

    racers = [threading.Thread(target=run) for _ in range(threads)]
    for one in racers:
        one.start()
    for one in racers:
        one.join()
    with entered(actor.reach):
        told = {
            "won": sorted(won),
            "entries": Contents.objects.filter(action="bell.silenced").count(),
            "erased": Contents.objects.filter(action="contents.erased").count(),
            "notices": Outgoing.objects.filter(kind="bell.silenced", space_id=space.id).count(),
            "said": verified(space.id).said,
            "faults": faults[:3],
        }
    print(json.dumps(told))  # noqa: T201 - the answer to whoever started it


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
