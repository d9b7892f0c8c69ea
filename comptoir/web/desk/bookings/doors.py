"""Who comes in: everybody at the desk, each to the sessions of one's perimeter; the queries see to it."""

from comptoir.web.shared.doors import desk

reader = desk
