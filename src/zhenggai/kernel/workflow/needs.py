"""What must hold before a step: one small question each, answered by a reason or by nothing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from zhenggai.kernel.calendars.workdays import is_over
from zhenggai.kernel.verdict import Answer, Reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from zhenggai.kernel.workflow.facts import Answerable, StepFacts

REQUIRED_DUTIES = {"territorial": "属地", "department": "部门", "acceptor": "验收单位"}
PERSONS_TO_REOPEN = 2

Need = tuple[Reason, ...]


def _one(code: str, text: str, remedy: str, *facts: str) -> Need:
    return (Reason(code, text, remedy, facts),)


def kin(one: Answerable, other: Answerable) -> bool:
    """Two bodies are kin when they are the same or one stands above the other."""
    return one.body in other.lineage or other.body in one.lineage


def duties_named(f: StepFacts) -> Need:
    """属地, 部门 and an acceptor are named; an enterprise only where there is one."""
    missing = [zh for kind, zh in REQUIRED_DUTIES.items() if kind not in f.duties]
    if missing:
        return _one(
            "duty-missing", f"尚未明确责任：{'、'.join(missing)}", "在责任落实中补齐后再交办"
        )
    return ()


def acceptor_apart(f: StepFacts) -> Need:
    """The acceptor is none of the responsible bodies, nor above or below one."""
    if f.acceptor is None:
        return _one("acceptor-missing", "尚未明确验收单位", "按验收链指定行业主管部门")
    own = [a for a in f.answerable if kin(a, f.acceptor)]
    return _self_acceptance(f.acceptor.name, own, f.spare_acceptors)


def actor_answers(f: StepFacts) -> Need:
    """The acting post belongs to a body that answers for the item."""
    if any(a.body in f.actor.lineage for a in f.answerable):
        return ()
    return _one("not-responsible", f"{f.actor.title}不是本事项的责任单位", "由责任单位办理")


def actor_accepts(f: StepFacts) -> Need:
    """The acting post belongs to the acceptor."""
    if f.acceptor is not None and f.acceptor.body in f.actor.lineage:
        return ()
    return _one("not-acceptor", f"{f.actor.title}不是本事项的验收单位", "由验收单位办理")


def actor_next_in_chain(f: StepFacts) -> Need:
    """The acting post belongs to the body whose check comes next in the chain."""
    turn = f.next_check
    if turn is None:
        return _one("checks-complete", "验收链各环节均已完成", "无需再验收，可提请公示")
    if turn.body == f.actor.body:
        return ()
    return _one(
        "not-next-in-chain",
        f"第{turn.no}次核查（共{turn.of}次）由{turn.name}办理，{f.actor.title}不在本环节",
        f"请{turn.name}办理",
    )


def actor_apart(f: StepFacts) -> Need:
    """Nobody accepts himself, under any hat: neither the body nor the natural person."""
    actor = f.actor
    own = [a for a in f.answerable if a.body in actor.lineage or actor.body in a.lineage]
    signed = f.signers.get(actor.person)
    person = (
        _one(
            "same-person",
            f"验收人与申报人为同一人（{signed}）",
            _other_acceptor(_able(f)) or "由本单位另一人验收",
        )
        if signed
        else ()
    )
    return _self_acceptance(actor.title, own, _able(f)) + person


def closer_apart(f: StepFacts) -> Need:
    """Whoever signs the closing did not sign the claim."""
    signed = f.signers.get(f.actor.person)
    if signed:
        return _one("same-person", f"核准人与申报人为同一人（{signed}）", "由另一位有权人核准")
    return ()


def plan_fits(f: StepFacts) -> Need:
    """A back-schedule exists and ends on or before the 文件时限."""
    if f.plan_no is None:
        return _one("no-plan", "尚未形成整改方案", "按专题模板生成倒排方案后报送")
    if f.due_on and f.plan_finish and f.plan_finish > f.due_on:
        return _one(
            "plan-late",
            f"方案末项为{f.plan_finish:%Y-%m-%d}，晚于文件时限{f.due_on:%Y-%m-%d}",
            "压缩工期后重报，不得自行放宽文件时限",
        )
    return ()


def plan_submitted(f: StepFacts) -> Need:
    """There is a plan to approve."""
    return () if f.plan_no else _one("no-plan", "责任单位尚未报送方案", "待方案报送后批复")


def no_open_claim(f: StepFacts) -> Need:
    """One claim at a time."""
    if f.open_claim is None:
        return ()
    return _one("claim-open", f"已有在办的销号申请{f.open_claim}", "待该申请办结后再申请")


def evidence_complete(f: StepFacts) -> Need:
    """Every kind of evidence the theme asks for is there."""
    if f.missing_evidence == ():
        return ()
    missing = "、".join(f.missing_evidence or ("全部佐证",))
    return _one("evidence-missing", f"缺少佐证：{missing}", "上传后再申请销号")


def built_before_accepted(f: StepFacts) -> Need:
    """No acceptance is dated before the last measure was finished."""
    if f.early_acceptance is None:
        return _one("dates-unknown", "验收与完工日期未核对", "补齐各项措施完工日期")
    return f.early_acceptance


def checks_complete(f: StepFacts) -> Need:
    """Every check of the acceptance chain has passed."""
    if f.checks is None:
        return _one("checks-unknown", "验收链未确定", "按来源确定验收链")
    passed, needed = f.checks
    if passed < needed:
        return _one(
            "checks-open", f"验收链第{passed + 1}次核查未办（共{needed}次）", "逐级验收后再报"
        )
    return ()


def reconciled(f: StepFacts) -> Need:
    """The reconciliation run in this very act says 达标."""
    if f.verdict is None:
        return _one("not-reconciled", "尚未对账", "先完成对账")
    if f.verdict.answer is Answer.MET:
        return ()
    return f.verdict.reasons or _one(
        "not-met", f"对账结论为{f.verdict.answer.label}", "补齐事实后重新对账"
    )


def notice_over(f: StepFacts) -> Need:
    """The 公示 has run its working days."""
    if f.notice is None:
        return _one("not-noticed", "尚未公示", "先行公示")
    if not is_over(f.notice, f.at):
        return _one("notice-running", f.notice.describe(), "公示期满后办理")
    return ()


def objections_answered(f: StepFacts) -> Need:
    """Every objection received within the 公示 has a reasoned answer."""
    if f.open_objections == ():
        return ()
    shown = "、".join(f.open_objections or ("未核对",))
    return _one(
        "objection-open", f"公示异议尚未答复：{shown}", "书面答复后办理", *shown.split("、")
    )


def no_open_case(f: StepFacts) -> Need:
    """No 待核实 case is open on the item."""
    if f.open_cases == ():
        return ()
    shown = "、".join(f.open_cases or ("未核对",))
    return _one("case-open", f"有待核实事项：{shown}", "核实终结后办理", *shown.split("、"))


def closes_here(f: StepFacts) -> Need:
    """The chain of this source ends in the city."""
    if f.ends == "close":
        return ()
    return _one("closes-above", "本事项须经省级验收，市级不能销号", "选择“同意上报销号”")


def closes_above(f: StepFacts) -> Need:
    """The chain of this source ends at the province."""
    if f.ends == "forward":
        return ()
    return _one("closes-here", "本事项由市级销号，无需上报", "选择“核准销号”")


def signed_by_leader(f: StepFacts) -> Need:
    """A leader signs, by hand in the system or on a paper two clerks have checked."""
    if f.actor.role == "leader" or f.leader_signature:
        return ()
    return _one("not-signed", "尚无分管领导签批", "由领导签批，或登记签批单并由第二人核对")


def province_filed(f: StepFacts) -> Need:
    """The province's number, day and document are all there."""
    if f.filing and f.filing.number and f.filing.document:
        return ()
    return _one("province-open", "尚无省级销号文号、日期和文件", "收到省级文件后登记")


def grounds_named(f: StepFacts) -> Need:
    """The facts that justify the step are named."""
    return () if f.grounds.strip() else _one("no-grounds", "未写明依据", "写明所依据的事实后办理")


def two_persons(f: StepFacts) -> Need:
    """Two different natural persons confirmed."""
    if len(f.confirmed_by) >= PERSONS_TO_REOPEN:
        return ()
    return _one("one-person", "须由两名不同人员确认", "请第二人确认")


def _self_acceptance(name: str, own: list[Answerable], spare: tuple[str, ...]) -> Need:
    if not own:
        return ()
    named = "、".join(f"{a.name}（{a.kind}）" for a in own)
    return _one(
        "self-acceptance",
        f"{name}与责任单位{named}为同一单位或上下级，不得自行验收",
        _other_acceptor(spare) or "另行指定验收单位",
    )


def _able(f: StepFacts) -> tuple[str, ...]:
    """Name who could accept instead: the named acceptor where that is not the actor's own body."""
    named = f.acceptor
    if named and named.body != f.actor.body and not any(kin(named, a) for a in f.answerable):
        return (named.name,)
    return f.spare_acceptors


def _other_acceptor(spare: tuple[str, ...]) -> str:
    return f"建议由{'或'.join(spare)}验收" if spare else ""


NEEDS: MappingProxyType[str, Callable[[StepFacts], Need]] = MappingProxyType(
    {
        need.__name__: need
        for need in (
            duties_named, acceptor_apart, actor_answers, actor_accepts, actor_next_in_chain,
            actor_apart, closer_apart, plan_fits, plan_submitted, no_open_claim,
            evidence_complete, built_before_accepted, checks_complete, reconciled, notice_over,
            objections_answered, no_open_case, closes_here, closes_above, signed_by_leader,
            province_filed, grounds_named, two_persons,
        )
    }
)  # fmt: skip
OVERRIDABLE = frozenset({"reconciled"})
