"""Registers this part of the site with Django."""

from django.apps import AppConfig


class Config(AppConfig):
    """Templates, tags and static files of comptoir.web.public."""

    name = "comptoir.web.public"
    label = "web_public"
