"""What happened to lists and items, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "ledger.campaign.opened": "开设专项",
        "ledger.list.issued": "印发清单",
        "ledger.list.lined": "编入清单各项",
        "ledger.item.opened": "立项",
        "ledger.item.listed": "列入清单",
        "ledger.duty.assigned": "落实责任",
        "ledger.duty.ended": "解除责任",
        "ledger.item.assigned": "交办",
        "ledger.item.planned": "报送方案",
        "ledger.item.started": "批复方案，开始整改",
        "ledger.item.claimed": "申请销号",
        "ledger.item.checked": "验收",
        "ledger.item.returned": "退回补充整改",
        "ledger.item.noticed": "开始公示",
        "ledger.item.closed": "核准销号",
        "ledger.item.forwarded": "同意上报销号",
        "ledger.item.filed": "登记省级销号",
        "ledger.item.rebounded": "确认反弹，重启整改",
        "ledger.item.round_begun": "进入新一轮整改",
        "ledger.report.linked": "关联群众反映",
        "ledger.extension.asked": "申请延期",
        "ledger.extension.decided": "延期决定",
        "ledger.extension.entered": "登记延期后的时限",
        "ledger.dispute.filed": "提出管辖异议",
        "ledger.dispute.stated": "被指单位说明情况",
        "ledger.dispute.proposed": "提出管辖建议",
        "ledger.dispute.decided": "管辖决定",
    }
)
