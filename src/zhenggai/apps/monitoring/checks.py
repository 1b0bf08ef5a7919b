"""What verification holds against the archive: every file a manifest names, bit for bit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.apps.monitoring import queries
from zhenggai.apps.monitoring.models import Manifest
from zhenggai.apps.trail.canonical import fingerprint
from zhenggai.apps.trail.faults import Fault
from zhenggai.apps.trail.verify import witness

if TYPE_CHECKING:
    from collections.abc import Iterator

    from zhenggai.stores.archive import ArchiveFile


@witness("monitoring.archive")
def files_are_what_they_were() -> Iterator[Fault]:
    """Tell every archive file that is missing or changed, and every manifest that is."""
    named: dict[str, ArchiveFile] = {}
    for manifest in Manifest.objects.order_by("no"):
        if fingerprint(manifest.files) != manifest.digest:
            text = f"第{manifest.no}号数据清单所列文件与其指纹不符"
            yield Fault("manifest-changed", text)
        named |= {f.path: f for f in queries.files_of(manifest)}
    for sentence in queries.archive().verify(named[path] for path in sorted(named)):
        yield Fault("archive-file", sentence)
