"""The nouns of the room."""

from handfast.records.models.batch import Batch
from handfast.records.models.source import Source
from handfast.records.models.upload import Upload

__all__ = ["Batch", "Source", "Upload"]
