"""Who comes in: everybody at the desk, each to the people of one's perimeter; the queries see to it."""

from comptoir.web.shared.doors import desk

writer = desk
