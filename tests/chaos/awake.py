"""Wakes the chapters for a victim; imported before anything that needs them."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "zhenggai.config.settings"
django.setup()
