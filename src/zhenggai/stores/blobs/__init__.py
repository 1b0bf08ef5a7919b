"""佐证文件: files kept under their digest, known by their content, never altered."""

from zhenggai.stores.blobs.blobs import Blobs
from zhenggai.stores.blobs.records import BlobInfo

__all__ = ["BlobInfo", "Blobs"]
