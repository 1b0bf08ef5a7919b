"""拒绝也是答复: the one place where a refusal becomes a page, a fragment or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.http import JsonResponse
from django.shortcuts import render

from zhenggai.kernel.verdict import Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse

CONFLICT = 409
SLOT = "#refusal"


class RefusalMiddleware:
    """Answers every ``Refused`` with its reasons and status 409."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on; only exceptions are of interest here."""
        return self.get_response(request)

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
