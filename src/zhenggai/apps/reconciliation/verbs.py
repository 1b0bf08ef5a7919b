"""What happened between a claim and its closing, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "reconciliation.run.recorded": "逐项对账",
        "reconciliation.contradiction.found": "发现申报与核查不一致（待核实）",
        "reconciliation.contradiction.inquired": "发出询问函",
        "reconciliation.reply.filed": "责任单位提交说明",
        "reconciliation.supply.recorded": "登记补充供电线路",
        "reconciliation.supply.verified": "现场核实补充供电线路",
        "reconciliation.contradiction.decided": "提出认定意见",
        "reconciliation.contradiction.settled": "核实终结",
        "reconciliation.notice.published": "发布公示",
        "reconciliation.notice.withdrawn": "撤下公示",
        "reconciliation.objection.linked": "收到公示异议",
        "reconciliation.objection.answered": "答复公示异议",
        "reconciliation.signing.entered": "登记签批单",
        "reconciliation.signing.checked": "核对签批单",
        "reconciliation.signing.signed": "领导签批",
        "reconciliation.closing.dated": "登记销号",
        "reconciliation.watch.set": "安排回头看",
        "reconciliation.watch.kept": "完成回头看",
        "reconciliation.rebound.proposed": "提出反弹线索（待确认）",
        "reconciliation.rebound.confirmed": "确认反弹",
        "reconciliation.rebound.answered": "原验收单位作出说明",
        "reconciliation.filing.recorded": "登记省级销号文件",
    }
)
