"""查链: reads every seal, entry and act once, in the order of the chain, and says what is amiss."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from itertools import permutations
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Count, Exists, F, Max, OuterRef, Q

from zhenggai.apps.trail.chain import GENESIS, act_digest, folded, link, who_and_when
from zhenggai.apps.trail.faults import Fault, the_act, the_entry
from zhenggai.apps.trail.models import Act, Entry, Seal
from zhenggai.apps.trail.rows import UNREADABLE, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    from django.db.models import QuerySet

Read = TypeVar("Read", Entry, Seal)

_COLUMNS = {"verb": "verb", "subject": "subject", "item_ref": "item", "n": "n"}
_MOST_PAIRED = 40  # as many broken links are tried against each other to find what was swapped


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that does not come from its entry, though the entry agrees with itself."""

    previous: str
    seal: Seal
    next_holds: bool


@dataclass(slots=True)
class Walk:
    """One pass over the trail: what it has read, and what it found."""

    progress: Callable[[int], None]
    rows: Rows = field(default_factory=Rows)
    faults: list[Fault] = field(default_factory=list)
    sealed: int = 0
    unsealed: int = 0
    _acts_named: set[UUID] = field(default_factory=set)
    _broken: list[Broken] = field(default_factory=list)

    def run(self) -> None:
        """Read everything; faults are then complete but for rows, anchors and witnesses."""
        self._along_the_chain()
        for entry in _readable(Entry.objects.filter(seal=None).select_related("act"), self.faults):
            self.unsealed += 1
            self._content(entry, "")
            self.progress(self.sealed + self.unsealed)
        self.faults += _links_explained(self._broken)
        self.faults += _what_is_gone()

    def _along_the_chain(self) -> None:
        before = Seal(seq=0, chain=GENESIS)
        seals = Seal.objects.select_related("entry__act")
        for seal in _readable(seals, self.faults):
            previous = before.chain if seal.seq == before.seq + 1 else _chain_at(seal.seq - 1)
            whole = self._content(seal.entry, previous, seal)
            holds = previous == "" or folded(previous, seal.entry) == seal.chain
            self._note_link(previous, seal, holds=holds, whole=whole)
            before = seal
            self.sealed += 1
            self.progress(self.sealed)

    def _note_link(self, previous: str, seal: Seal, *, holds: bool, whole: bool) -> None:
        """Keep a broken link; the link after it tells whether the seal or the content changed."""
        last = self._broken[-1] if self._broken else None
        if holds and last is not None and last.seal.seq == seal.seq - 1:
            self._broken[-1] = Broken(last.previous, last.seal, next_holds=True)
        if not holds and whole:
            self._broken.append(Broken(previous, seal, next_holds=False))

    def _content(self, entry: Entry, previous: str, seal: Seal | None = None) -> bool:
        """Hold an entry against its own body and its act; return whether it agrees with itself."""
        known = len(self.faults)
        now = hashlib.sha256(entry.body.encode()).hexdigest()
        if now != entry.digest:
            self.faults.append(_digest_fault(entry, now, previous, seal))
        try:
            body = json.loads(entry.body)
            self.faults += _column_faults(entry, body)
            self._act_fault(entry.act, body["act"])
            self.rows.add(entry, body)
        except (KeyError, AttributeError, *UNREADABLE):
            text = f"{the_entry(entry)}的正文（表trail.entry的body列）不再是规范文本"
            self.faults.append(Fault("body-broken", text))
        return len(self.faults) == known and entry.act_id not in self._acts_named

    def _act_fault(self, act: Act, said: str) -> None:
        if act.pk in self._acts_named or who_and_when(act) == said:
            return
        self._acts_named.add(act.pk)
        text = f"{the_act(act.pk)}的办理岗位、人员、时间或途径与其留痕不符，表trail.act该行已被改动"
        self.faults.append(Fault("act-changed", text))


def _digest_fault(entry: Entry, now: str, previous: str, seal: Seal | None) -> Fault:
    """Tell by the link which of body and digest is the genuine one."""
    act = "" if entry.n else act_digest(entry.act)
    column = "body列或digest列"
    if seal is not None and link(previous, entry.digest, act) == seal.chain:
        column = "body列"
    elif seal is not None and link(previous, now, act) == seal.chain:
        column = "digest列"
    text = f"{the_entry(entry)}的正文与指纹不符，表trail.entry的{column}已被改动"
    return Fault("entry-changed", text)


def _column_faults(entry: Entry, body: dict[str, object]) -> Iterator[Fault]:
    for column, word in _COLUMNS.items():
        if getattr(entry, column) != body[word]:
            text = f"{the_entry(entry)}的表trail.entry的{column}列与其正文不符，已被改动"
            yield Fault("entry-column", text)


def _links_explained(broken: list[Broken]) -> Iterator[Fault]:
    swapped: set[int] = set()
    for one, other in permutations(broken[:_MOST_PAIRED], 2):
        if folded(one.previous, other.seal.entry) == one.seal.chain:
            swapped |= {one.seal.seq, other.seal.seq}
            text = f"第{one.seal.seq}号链环下应是{the_entry(other.seal.entry)}，两条留痕被对调"
            yield Fault("swapped", text)
    for one in broken:
        if one.seal.seq in swapped:
            continue
        entry = one.seal.entry
        if one.next_holds:
            text = f"{the_entry(entry)}与第{one.seal.seq}号链环不符，{_or_its_act(entry)}"
            yield Fault("link-broken", f"{text}已被改动")
        else:
            text = f"第{one.seal.seq}号链环与{the_entry(entry)}不符，表trail.seal的chain列已被改动"
            yield Fault("seal-changed", text)


def _or_its_act(entry: Entry) -> str:
    if entry.n:
        return "表trail.entry该行"
    return "表trail.act该行的recorded_at、digest、outcome列或表trail.entry该行"


def _what_is_gone() -> Iterator[Fault]:
    """Yield what is missing between the tables and in the numbering of the seals."""
    orphans = Entry.objects.filter(~Exists(Act.objects.filter(pk=OuterRef("act_id"))))
    for act, count in orphans.values_list("act_id").annotate(Count("pk")).order_by("act_id"):
        yield Fault("act-missing", f"行为{act}已从表trail.act删除，其留痕尚在{count}条")
    lost = Seal.objects.filter(~Exists(Entry.objects.filter(pk=OuterRef("entry_id"))))
    for seq, entry in lost.order_by("seq").values_list("seq", "entry_id"):
        text = f"编号{entry}的留痕已从表trail.entry删除，其第{seq}号链环尚在"
        yield Fault("entry-missing", f"{text}；{_whose()}")
    if gaps := _gaps():
        yield Fault("seal-missing", f"链环缺号：{gaps}，表trail.seal的行已被删除或改号")


def _whose() -> str:
    """Name the acts whose entries are not numbered through."""
    counted = Act.objects.annotate(k=Count("entries"), top=Max("entries__n"))
    holes = counted.filter(Q(k=0) | ~Q(k=F("top") + 1)).values_list("pk", flat=True)[:3]
    return "缺留痕的是" + "、".join(the_act(pk) for pk in holes) if holes else "所属行为不明"


def _gaps() -> str:
    seqs = Seal.objects.order_by("seq").values_list("seq", flat=True)
    found, after = [], 0
    for seq in seqs.iterator():
        if seq != after + 1:
            found.append(f"{after + 1}" if seq == after + 2 else f"{after + 1}至{seq - 1}")
        after = seq
    return "、".join(found)


def _chain_at(seq: int) -> str:
    """Return the stored link of a seal whose entry was not read; nothing if it is gone, too."""
    if seq == 0:
        return GENESIS
    return Seal.objects.filter(seq=seq).values_list("chain", flat=True).first() or ""


def _readable(rows: QuerySet[Read], faults: list[Fault]) -> Iterator[Read]:
    """Yield rows by key, one pass; what no longer reads becomes a fault and is stepped over."""
    after = -(2**62)
    while True:
        ahead = rows.filter(pk__gt=after).order_by("pk")
        try:
            for row in ahead.iterator():
                after = row.pk
                yield row
        except UNREADABLE:
            after = ahead.values_list("pk", flat=True)[0]
            table = rows.model._meta.label_lower
            text = f"表{table}第{after}行，或其留痕、行为所在的行，有一列已不可读"
            faults.append(Fault("unreadable", text))
        else:
            return
