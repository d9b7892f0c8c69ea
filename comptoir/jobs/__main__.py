"""`python -m comptoir.jobs` is the worker: `comptoir jobs` becomes it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comptoir.settings")
django.setup()

from comptoir.jobs import worker  # noqa: E402  # rounds need Django

if __name__ == "__main__":
    worker.main()
