"""What happened to plans, progress and counts, in the words of the screens."""

from zhenggai.apps.trail.bus import say

say(
    {
        "planning.plan.proposed": "生成倒排方案",
        "planning.plan.submitted": "报送整改方案",
        "planning.plan.approved": "批复整改方案",
        "planning.measure.recorded": "登记措施起止日期",
        "planning.progress.reported": "填报月调度",
        "planning.count.reported": "填报月报数",
        "planning.count.correction_asked": "申请更正月报数",
        "planning.count.corrected": "核准更正月报数",
        "planning.count_table.issued": "拟制月报表",
        "planning.correction_letter.offered": "拟制更正函",
    }
)
