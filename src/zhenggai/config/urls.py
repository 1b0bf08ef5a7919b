"""Addresses: the public pages at the root, the console under ``/console/``, log-in beside both."""

from __future__ import annotations

from django.urls import include, path

from zhenggai.faces.console.urls import GATE

urlpatterns = [
    path("", include(GATE)),
    path("console/", include("zhenggai.faces.console.urls")),
    path("", include("zhenggai.faces.public.urls")),
]
