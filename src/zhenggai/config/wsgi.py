"""The web application, as gunicorn starts it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhenggai.config.settings")
application = get_wsgi_application()

from zhenggai.apps.trail import triggers  # noqa: E402 - models are ready only now

triggers.require()
