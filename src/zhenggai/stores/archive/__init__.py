"""观测档案: immutable Parquet files of observations, named by their digest, read as of a moment."""

from zhenggai.analytics.observations import Flag, Observation
from zhenggai.stores.archive.archive import Archive
from zhenggai.stores.archive.files import ArchiveFile, Layer

__all__ = ["Archive", "ArchiveFile", "Flag", "Layer", "Observation"]
