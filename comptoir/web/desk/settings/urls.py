"""Addresses of the settings."""

from django.urls import path

from comptoir.web.desk.settings import cards, home, levels, organisation, people, person, terms, territories, tokens

urlpatterns = [
    path("", home.home, name="settings"),
    path("organisme/", organisation.organisation, name="settings-organisation"),
    path("organisme/logo/retirer/", organisation.remove_logo, name="settings-logo-remove"),
    path("organisme/<slug:part>/", organisation.change, name="settings-organisation-part"),
    path("equipe/", people.people, name="settings-staff"),
    path("equipe/ajouter/", people.add, name="settings-staff-add"),
    path("equipe/<int:staff_id>/", person.person, name="settings-person"),
    path("equipe/<int:staff_id>/adresse/", person.address, name="settings-person-address"),
    path("equipe/<int:staff_id>/lien/", person.link, name="settings-person-link"),
    path("equipe/<int:staff_id>/fermer/", person.close, name="settings-person-close"),
    path("equipe/<int:staff_id>/rouvrir/", person.reopen, name="settings-person-reopen"),
    path("secteurs/", territories.territories, name="settings-territories"),
    path("secteurs/<int:territory_id>/", territories.territory, name="settings-territory"),
    path("secteurs/<int:territory_id>/etat/", territories.state, name="settings-territory-state"),
    path("niveaux/", levels.levels, name="settings-levels"),
    path("niveaux/<int:level_id>/", levels.level, name="settings-level"),
    path("niveaux/<int:level_id>/<slug:act>/", levels.act, name="settings-level-act"),
    path("conditions/", terms.terms, name="settings-terms"),
    path("conditions/<int:version>/", terms.version, name="settings-terms-version"),
    path("cartes/", cards.cards, name="settings-cards"),
    path("cartes/fermer/", cards.close, name="settings-cards-close"),
    path("jetons/", tokens.tokens, name="settings-tokens"),
    path("jetons/<int:token_id>/revoquer/", tokens.revoke, name="settings-token-revoke"),
]
