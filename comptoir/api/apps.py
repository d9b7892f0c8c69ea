"""Registers this door with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """Nothing but its name."""

    name = "comptoir.api"
    label = "api"
