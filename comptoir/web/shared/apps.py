"""Registers this part of the site with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """Templates, tags and static files of comptoir.web.shared."""

    name = "comptoir.web.shared"
    label = "web_shared"
