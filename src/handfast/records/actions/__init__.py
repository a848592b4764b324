"""The verbs of the room: the only code that writes."""

from handfast.records.actions.add_source import SourceKeyTaken, add_source
from handfast.records.actions.amend_mapping import amend_mapping
from handfast.records.actions.begin_reading import begin_reading
from handfast.records.actions.check_upload import check_upload
from handfast.records.actions.receive_upload import AlreadyImported, receive_upload
from handfast.records.actions.record_batch import record_batch
from handfast.records.actions.refuse_upload import refuse_upload
from handfast.records.actions.withdraw_batch import AlreadyWithdrawn, withdraw_batch

__all__ = [
    "AlreadyImported",
    "AlreadyWithdrawn",
    "SourceKeyTaken",
    "add_source",
    "amend_mapping",
    "begin_reading",
    "check_upload",
    "receive_upload",
    "record_batch",
    "refuse_upload",
    "withdraw_batch",
]
