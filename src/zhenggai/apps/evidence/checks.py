"""What verification holds against the files of evidence: each is there, bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.evidence import queries
from zhenggai.apps.evidence.models import Blob
from zhenggai.apps.trail.faults import Fault
from zhenggai.apps.trail.verify import witness

if TYPE_CHECKING:
    from collections.abc import Iterator


@witness("evidence.blobs")
def files_are_what_they_were() -> Iterator[Fault]:
    """Tell every file of evidence that is missing or changed."""
    kept = Blob.objects.order_by("sha256").values_list("sha256", flat=True)
    for sentence in queries.blobs().verify(kept.iterator()):
        yield Fault("blob-file", sentence)
