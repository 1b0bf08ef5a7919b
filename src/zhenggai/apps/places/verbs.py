"""What happened to places, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say({"places.place.registered": "登记点位"})
