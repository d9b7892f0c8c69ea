"""Addresses of the clients at the desk."""

from django.urls import path

from comptoir.web.desk.clients import contacts, detail, editing, imports, lists, places

urlpatterns = [
    path("", lists.clients, name="clients"),
    path("nouveau/", editing.new, name="client-new"),
    path("imports/", imports.imports, name="clients-imports"),
    path("imports/<int:import_id>/", imports.one, name="clients-import"),
    path("imports/<int:import_id>/colonnes/", imports.columns, name="clients-import-columns"),
    path("imports/<int:import_id>/avancement/", imports.progress, name="clients-import-progress"),
    path("imports/<int:import_id>/validation/", imports.confirm, name="clients-import-confirm"),
    path("imports/<int:import_id>/abandon/", imports.abandon, name="clients-import-abandon"),
    path("interlocuteurs/<int:contact_id>/", contacts.contact, name="contact"),
    path("interlocuteurs/<int:contact_id>/principal/", contacts.main, name="contact-main"),
    path("interlocuteurs/<int:contact_id>/acces/", contacts.invite, name="contact-invite"),
    path("interlocuteurs/<int:contact_id>/acces/fermeture/", contacts.shut, name="contact-shut"),
    path("interlocuteurs/<int:contact_id>/retrait/", contacts.remove, name="contact-remove"),
    path("coordonnees/<int:place_id>/", places.place, name="place"),
    path("coordonnees/<int:place_id>/retrait/", places.remove, name="place-remove"),
    path("<int:client_id>/coordonnees/nouvelles/", places.new, name="place-new"),
    path("<int:client_id>/", detail.client, name="client"),
    path("<int:client_id>/modifier/", editing.edit, name="client-edit"),
    path("<int:client_id>/interlocuteurs/nouveau/", contacts.new, name="contact-new"),
]
