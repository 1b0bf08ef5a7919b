"""Addresses of the public pages."""

from __future__ import annotations

from django.urls import path

from zhenggai.faces.public import pages, voices

app_name = "public"
urlpatterns = [
    path("", pages.home, name="home"),
    path("items/<str:code>/", pages.item, name="item"),
    path("notices/<int:number>/", pages.notice, name="notice"),
    path("notices/<int:number>/object/", voices.object_, name="object"),
    path("receipts/", voices.receipts, name="receipts"),
    path("receipts/<str:receipt>/", voices.receipt, name="receipt"),
]
