"""拒绝也是答复: the one place where a refusal becomes a page, a fragment or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhenggai.kernel.verdict import Reason, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from django.http import HttpRequest, HttpResponse

CONFLICT = 409
NUL = "\x00"
SLOT = "#refusal"


class RefusalMiddleware:
    """Answers every ``Refused`` with its reasons and status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only exceptions are of interest here."""
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: object,  # noqa: ARG002 - Django's signature
        args: Sequence[object],  # noqa: ARG002 - same
        kwargs: Mapping[str, object],
    ) -> HttpResponse | None:
        """Refuse a NUL anywhere in a request: no database keeps one and nobody can type it."""
        said = (v for sent in (request.GET, request.POST) for _key, vs in sent.lists() for v in vs)
        if not any(NUL in str(value) for value in (*said, *kwargs.values())):
            return None
        reason = Reason("nul", _("提交的内容含有不可见的空字符"), _("重新输入后提交"))
        return self.process_exception(request, Refused(reason))

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Turn a refusal into an answer; leave every other error to crash and be logged."""
        if not isinstance(error, Refused):
            return None
        if request.headers.get("HX-Request") == "true":
            return _fragment(request, error)
        if request.accepts("text/html"):
            context = {
                "reasons": error.reasons,
                "beside": getattr(request, "beside", ()),
                "back": came_from(request),
                "frame": "ui/app.html" if getattr(request, "acting", None) else "ui/public.html",
            }
            return render(request, "ui/refusal.html", context, status=CONFLICT)
        reasons = [{"code": r.code, "text": r.text, "remedy": r.remedy} for r in error.reasons]
        return JsonResponse({"reasons": reasons}, status=CONFLICT)


def came_from(request: HttpRequest) -> str:
    """Path of the page the person came from, when it is one of ours and not this address."""
    referer = urlsplit(request.headers.get("Referer", ""))
    same_origin = (referer.scheme, referer.netloc) == (request.scheme, request.get_host())
    if not same_origin or referer.path.startswith("//"):
        return ""
    return f"{referer.path}?{referer.query}" if referer.query else referer.path


def _fragment(request: HttpRequest, error: Refused) -> HttpResponse:
    answer = render(request, "ui/_refusal.html", {"reasons": error.reasons}, status=CONFLICT)
    answer["HX-Retarget"] = SLOT
    answer["HX-Reswap"] = "innerHTML show:top"
    return answer
