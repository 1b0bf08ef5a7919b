"""What followed from findings, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say({"accountability.contradiction.upheld": "认定不符，退回补充整改"})
