"""What may not stand in the repository: places of one machine, and hosts of registries in lock files."""

from __future__ import annotations

import re

# A path below these folders exists on one machine only; /tmp, /usr and the like exist everywhere.
_MACHINE_PATH = re.compile(r"(?<![\w.:/-])/(?:work|root|home/\w+|Users/\w+)/")
_HOST_IN_LOCK = re.compile(
    r'https?://|^\s*-{1,2}(?:i|f|index-url|extra-index-url|find-links)\b|"resolved"\s*:', re.MULTILINE
)


def machine_path_faults(place: str, text: str) -> list[str]:
    """Absolute paths of the machine on which a file was written."""
    return [
        f"{place}:{number}: a path of one machine: {found.group()}"
        for number, line in enumerate(text.splitlines(), 1)
        if (found := _MACHINE_PATH.search(line))
    ]


def lock_faults(place: str, text: str) -> list[str]:
    """Hosts and options of a registry: a lock file holds names, versions and digests."""
    return [
        f"{place}:{text.count(chr(10), 0, found.start()) + 1}: a lock file names a host: {found.group().strip()}"
        for found in _HOST_IN_LOCK.finditer(text)
    ]
