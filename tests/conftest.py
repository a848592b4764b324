"""What every test shares."""

from __future__ import annotations

from hypothesis import settings

# A law is true or false however busy the machine is.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
