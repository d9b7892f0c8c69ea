"""What the web server calls."""

import gc
import importlib
import os
import sys

gc.disable()  # nothing of what a start builds is ever thrown away: looking for it there costs a quarter of the start

from django.core.wsgi import get_wsgi_application  # noqa: E402  # after the line above, on purpose

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
application = get_wsgi_application()
# The addresses and all behind them are read now, not while the first visitor waits.
for urlconf in ("comptoir.urls", "comptoir.web.urls"):
    importlib.import_module(urlconf)
gc.freeze()  # and what lives as long as the process is not looked through again with every page
gc.enable()
# A page is a few milliseconds of work: whoever has begun one goes on, unless the other thread has waited for long. At
# Python's usual 5 ms its lock changed hands in the midst of pages, which cost a tenth of the journeys.
sys.setswitchinterval(0.02)
