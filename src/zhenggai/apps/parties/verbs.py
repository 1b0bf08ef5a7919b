"""What happened to bodies, posts and persons, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "parties.city.registered": "登记了责任主体与岗位",
        "parties.person.enrolled": "开立账号",
        "parties.tenure.begun": "岗位交接",
    }
)
