"""What happened to scores, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say({"assessment.mark.entered": "记入考核依据"})
