"""The walls stand on PostgreSQL only: these tests belong to the part of the run that has it, and to no other."""

from __future__ import annotations

from django.db import connection

collect_ignore_glob = [] if connection.vendor == "postgresql" else ["test_*.py"]
