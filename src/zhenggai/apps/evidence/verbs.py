"""What happened to evidence and claims, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "evidence.file.kept": "存入文件",
        "evidence.file.put_forward": "提交佐证",
        "evidence.self_check.signed": "签署自查",
        "evidence.claim.lodged": "提出销号申请",
        "evidence.claim.returned": "销号申请被退回",
        "evidence.claim.upheld": "销号申请办结",
    }
)
