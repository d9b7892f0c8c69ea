"""Registers the package, and names the table that public pages show."""

from django.apps import AppConfig

from comptoir.freshness.watching import watch


class Config(AppConfig):
    """Which activities are public courses, and how their seats are given."""

    name = "comptoir.courses"
    label = "courses"

    def ready(self) -> None:
        """Whoever keeps a public page learns of any change to these."""
        watch("courses_publiccourse", "{row}.organisation_id")
