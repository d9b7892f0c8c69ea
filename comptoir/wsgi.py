"""What the web server calls."""

import importlib
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
application = get_wsgi_application()
# The addresses and all behind them are read now, not while the first visitor waits.
for urlconf in ("comptoir.urls", "comptoir.web.urls"):
    importlib.import_module(urlconf)
