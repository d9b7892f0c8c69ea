"""Who opens the tray: those who work the intake. Who changes words: administrators."""

from comptoir.web.shared.doors import desk

intake = desk(allow=lambda actor: actor.works_intake)
administrator = desk(allow=lambda actor: actor.is_administrator)
