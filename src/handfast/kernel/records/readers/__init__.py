"""The only part of the records kernel that touches files."""

from handfast.kernel.records.readers.canonical_files import read_canonical, write_canonical
from handfast.kernel.records.readers.reading import Import, read_log

__all__ = ["Import", "read_canonical", "read_log", "write_canonical"]
