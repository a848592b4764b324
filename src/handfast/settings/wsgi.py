"""What the web server calls."""

from __future__ import annotations

import gc

from django.core.wsgi import get_wsgi_application

NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS = 50_000, 20, 50


def collect_rarely() -> None:
    """Look for rings of dead objects seldom: a plan of a thousand rows makes more new objects than Python allows for.

    With Python's own 700 the collector took a quarter of the time of such an answer, and found nothing.
    """
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, OLD_ROUNDS)


application = get_wsgi_application()
collect_rarely()
