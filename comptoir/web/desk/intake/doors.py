"""The door of the assistant: administration, sales reps and assistants, nobody else (product.md §2)."""

from comptoir.web.shared.doors import desk

intake_staff = desk(allow=lambda actor: actor.works_intake)
