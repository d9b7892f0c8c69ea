"""Registers this part of the site with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """Templates, tags and static files of comptoir.web.platform."""

    name = "comptoir.web.platform"
    label = "web_platform"
