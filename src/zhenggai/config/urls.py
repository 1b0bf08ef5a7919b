"""Addresses: the public pages at the root, the console under ``/console/``."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("console/", include("zhenggai.faces.console.urls")),
    path("", include("zhenggai.faces.public.urls")),
]
