"""What happened, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "trail.clock.shifted": "调整了演练时间",
        "trail.packs.loaded": "载入了规则包",
        "trail.step.refused": "办理被退回",
    }
)
