"""The operations of learning, joined."""

from ninja import Router

from handfast.learning.api.classes import router as classes
from handfast.learning.api.results import router as results
from handfast.learning.api.topics import router as topics

router = Router(tags=["learning"])
for part in (topics, classes, results):
    router.add_router("", part)
