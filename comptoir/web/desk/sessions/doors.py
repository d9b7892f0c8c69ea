"""Who reads the catalogue at the desk: all staff, each within its perimeter. Who writes it: §2."""

from comptoir.web.shared.doors import desk

reader = desk
writer = desk(allow=lambda actor: actor.works_catalogue)
