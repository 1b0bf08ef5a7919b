"""What happened to observations, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "monitoring.observations.imported": "导入监测数据",
        "monitoring.observations.repeated": "重复导入同一文件，存入0条",
    }
)
