"""The door of the members: administrators of the organisation, nobody else."""

from comptoir.web.shared.doors import desk

administrator = desk(allow=lambda actor: actor.is_administrator)
