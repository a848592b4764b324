"""The sample engagements as the kernel reads them, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import read_document
from handfast.kernel.quantity import instant_of
from handfast.kernel.records.readers.reading import read_log
from handfast.kernel.records.standing import standing
from handfast.kernel.servicelevels.adjustments import read_adjustments
from handfast.kernel.servicelevels.annex import compile_annex
from handfast.kernel.servicelevels.engines import open_engine
from handfast.kernel.servicelevels.statement import Inputs, statement_body
from handfast.kernel.servicelevels.terms import read_terms

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from handfast.journeys.samples import SampleEngagement, Upload
    from handfast.kernel.records.readers.reading import Import
    from handfast.kernel.servicelevels.adjustments import Adjustments
    from handfast.kernel.servicelevels.annex import Annex
    from handfast.kernel.servicelevels.terms import Terms


@dataclass(frozen=True, slots=True)
class Read:
    """A sample with its terms, calendars, adjustments and files as they were read."""

    sample: SampleEngagement
    terms: Terms
    annex: Annex
    adjustments: Adjustments
    imports: tuple[tuple[Upload, Import], ...]

    def body(self, period: str, as_of: datetime, engine: str = "duckdb") -> dict[str, Any]:
        """The statement of a month from the files received by `as_of`."""
        logs: list[Any] = [read.log for upload, read in self.imports if upload.received_at <= as_of]
        inputs = Inputs(
            self.terms, self.annex, instant_of(as_of), {"tickets": standing(logs)}, {}, self.adjustments
        )
        opened = open_engine(engine, inputs.evidence())
        try:
            return statement_body(inputs, opened, period)
        finally:
            opened.close()


def read_sample(sample: SampleEngagement, folder: Path) -> Read:
    terms = read_terms(read_document(sample.terms_yaml, name="terms.yaml"))
    adjustments = read_adjustments(read_document(sample.adjustments_yaml(), name="adjustments.yaml"), terms)
    imports = []
    for upload in sample.uploads:
        path = folder / upload.file_name
        path.write_bytes(upload.content)
        read = read_log(
            path, terms.first.sources[upload.source], source=upload.source,
            received_at_us=instant_of(upload.received_at),
        )  # fmt: skip
        imports.append((upload, read))
    return Read(sample, terms, compile_annex(terms), adjustments, tuple(imports))


def verdicts(body: dict[str, Any]) -> dict[str, str]:
    return {level["id"]: level["verdict"] for level in body["levels"]}
