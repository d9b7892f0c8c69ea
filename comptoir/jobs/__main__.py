"""`python -m comptoir.jobs` is the worker: `comptoir jobs` becomes it."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
django.setup()

from comptoir.jobs import worker  # noqa: E402  # rounds need Django

if __name__ == "__main__":
    if "--once" in sys.argv[1:]:
        sys.exit(0 if worker.run_once() else 1)
    worker.main()
