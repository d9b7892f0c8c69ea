"""Who comes in: those who work the intake work the pipeline."""

from comptoir.web.shared.doors import desk

seller = desk(allow=lambda actor: actor.works_intake)
