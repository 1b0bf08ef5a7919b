"""What happened on visits and at checks, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "inspection.visit.recorded": "登记现场核查",
        "inspection.check.signed": "签署验收意见",
    }
)
