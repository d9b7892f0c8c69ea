"""Registers the package, and writes the triggers once the tables are there."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from comptoir.freshness.watching import write_triggers


class Config(AppConfig):
    """Its triggers follow every migration."""

    name = "comptoir.freshness"
    label = "freshness"

    def ready(self) -> None:
        """After a migration, the triggers that are missing are made."""
        post_migrate.connect(write_triggers, sender=self, dispatch_uid="freshness")
