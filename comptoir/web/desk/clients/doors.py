"""Who comes in: those who work the intake keep the clients."""

from comptoir.web.shared.doors import desk

keeper = desk(allow=lambda actor: actor.works_intake)
