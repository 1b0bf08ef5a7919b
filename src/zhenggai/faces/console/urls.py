"""Addresses of the console: one list of paths per module of pages."""

from __future__ import annotations

from django.urls import path
from django.views.generic import RedirectView

from zhenggai.faces.console import cases, documents, home, items, ledger, login, monitoring, papers

GATE = [
    path("login/", login.LogIn.as_view(), name="login"),
    path("logout/", login.LogOut.as_view(), name="logout"),
]
DESK = [
    path("", RedirectView.as_view(pattern_name="console:todo"), name="home"),
    path("todo/", home.show, name="todo"),
    path("post/", login.take_post, name="take-post"),
]

app_name = "console"
urlpatterns = [
    *DESK,
    *ledger.PATHS,
    *items.PATHS,
    *documents.PATHS,
    *cases.PATHS,
    *monitoring.PATHS,
    *papers.PATHS,
]
