"""Who proposes dates to clients: sales and administration, as for clients themselves."""

from comptoir.web.shared.doors import desk

seller = desk(allow=lambda actor: actor.works_intake)
