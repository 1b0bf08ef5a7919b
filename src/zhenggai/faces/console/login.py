"""登录: log in, log out, and choose which of one's posts to act as."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhenggai.apps.ledger import table
from zhenggai.faces.console.desk import SeatedRequest, desk
from zhenggai.faces.ui.acting import POST_KEY

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse
    from django.http.response import HttpResponseBase

SEE_OTHER = 303


class LogIn(LoginView):
    """The one quiet page; too many wrong words lock it for a while."""

    template_name = "ui/login.html"
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        """Say 演练数据 before anybody has logged in, too."""
        setattr(request, "simulated", table.simulated())  # noqa: B010 - read by the frame
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Tell what was wrong in one sentence."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        wrong = form.is_bound and bool(form.non_field_errors())
        return {
            **context,
            "login_url": reverse("login"),
            "login_error": _("账号或口令不对，请核对后重试") if wrong else "",
        }


class LogOut(LogoutView):
    """Leave by a form, never by following a link."""

    http_method_names = ["post"]  # noqa: RUF012 - Django's attribute


@require_POST
@desk
def take_post(request: SeatedRequest) -> HttpResponse:
    """切换岗位: act as another of one's own posts from here on."""
    chosen = request.POST.get("post", "")
    if chosen not in {post.key for post in request.posts}:
        raise Http404
    request.session[POST_KEY] = chosen
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    answer = redirect(back if safe else resolve_url("console:todo"))
    answer.status_code = SEE_OTHER
    return answer
