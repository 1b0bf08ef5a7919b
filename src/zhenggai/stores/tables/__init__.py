"""表格导入: measured values from the CSV files people have; what cannot be read is told by cell."""

from zhenggai.stores.tables.read import read_observations
from zhenggai.stores.tables.records import ColumnTaken, RowRefused, RowTaken, TableRead

__all__ = ["ColumnTaken", "RowRefused", "RowTaken", "TableRead", "read_observations"]
