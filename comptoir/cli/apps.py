"""Registers the command line with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """Nothing but its name."""

    name = "comptoir.cli"
    label = "cli"
