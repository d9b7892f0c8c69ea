"""Who comes in: those who keep the clients."""

from comptoir.web.shared.doors import desk

keeper = desk(allow=lambda actor: actor.works_intake)
