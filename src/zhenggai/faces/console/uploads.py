"""上传: one bounded file of a form; one that is absent or too large is refused unread."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from django.http import HttpRequest

MIB = 1 << 20


def uploaded(request: HttpRequest, field: str, limit_mib: int) -> tuple[str, bytes]:
    """Return the name and bytes of a posted file.

    Raises
    ------
    Refused
        No file was chosen, or it is larger than the page said.
    """
    file = request.FILES.get(field)
    if file is None:
        raise Refused(Reason("no-file", "没有选择文件", "选择文件后重新提交"))
    size = file.size or 0
    name = file.name or ""
    if size > limit_mib * MIB:
        text = f"《{name}》为{size / MIB:.1f} MB，超过上限{limit_mib} MB"
        raise Refused(Reason("too-large", text, "拆分或压缩后上传"))
    return name, file.read()
