"""The two sample engagements as data: a simulated support desk, its terms, its exports, and what both sides did.

`light()` is a team of eight in Novi Sad without credits; `standard()` two sites, six levels and a pool of credits.
"""

from handfast.journeys.samples.exports import Upload
from handfast.journeys.samples.light import light
from handfast.journeys.samples.sample import (
    Month,
    SampleAdjustment,
    SampleEngagement,
    SamplePerson,
)
from handfast.journeys.samples.standard import standard

__all__ = [
    "Month",
    "SampleAdjustment",
    "SampleEngagement",
    "SamplePerson",
    "Upload",
    "light",
    "standard",
]
