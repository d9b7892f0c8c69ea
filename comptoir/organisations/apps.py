"""Registers the package, and names the tables that public pages show."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """The organisation itself: its name, colour, texts."""

    name = "comptoir.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Whoever keeps a public page learns of any change to these."""
        watch("organisations_organisation", "{row}.id")
