"""What happened to documents, papers and reports, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "sources.document.received": "登记来文",
        "sources.finding.read": "读出来文条目",
        "sources.finding.confirmed": "确认来文条目",
        "sources.finding.refused": "不采用来文条目",
        "sources.paper.drafted": "拟制发文",
        "sources.paper.signed": "签发发文",
        "sources.paper.sent": "送达发文",
        "sources.paper.received": "签收发文",
        "sources.report.received": "收到群众反映",
        "sources.report.summarised": "摘录群众反映",
        "sources.report.answered": "答复群众反映",
        "sources.report.contact_opened": "查看反映人联系方式",
        "sources.report.contact_erased": "销毁反映人联系方式",
    }
)
