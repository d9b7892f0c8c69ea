"""Addresses of the outbox's tray and of the mail models."""

from django.urls import path

from comptoir.web.desk.mail import message, tray, wording

urlpatterns = [
    path("", tray.messages, name="messages"),
    path("<int:message_id>/", message.message, name="message"),
    path("<int:message_id>/html/", message.html, name="message-html"),
    path("<int:message_id>/renvois/", message.resend, name="message-resend"),
    path("<int:message_id>/abandon/", message.cancel, name="message-cancel"),
    path("modeles/", wording.models, name="mail-models"),
    path("modeles/<slug:kind>/<slug:language>/", wording.model, name="mail-model"),
    path("modeles/<slug:kind>/<slug:language>/apercu/", wording.preview, name="mail-model-preview"),
    path("modeles/<slug:kind>/<slug:language>/origine/", wording.restore, name="mail-model-restore"),
    path("modeles/<slug:kind>/<slug:language>/versions/<int:version>/", wording.version, name="mail-model-version"),
    path(
        "modeles/<slug:kind>/<slug:language>/versions/<int:version>/apercu/",
        wording.version_preview,
        name="mail-model-version-preview",
    ),
    path(
        "modeles/<slug:kind>/<slug:language>/versions/<int:version>/retour/",
        wording.bring_back,
        name="mail-model-bring-back",
    ),
]
