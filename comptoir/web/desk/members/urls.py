"""Addresses of the members."""

from django.urls import path

from comptoir.web.desk.members import account, lists, record, renewals, validation

urlpatterns = [
    path("", lists.members, name="members"),
    path("creer/", lists.new, name="member-new"),
    path("reglages/", lists.settings, name="members-settings"),
    path("validation/", validation.accounts, name="members-validation"),
    path("validation/valider/", validation.validate, name="members-validate"),
    path("renouvellement/", renewals.renewals, name="members-renewals"),
    path("renouvellement/rappeler/", renewals.remind, name="members-remind"),
    path("<int:member_id>/", record.member, name="member"),
    path("<int:member_id>/courriel/", account.address, name="member-address"),
    path("<int:member_id>/lien/", account.link, name="member-link"),
    path("<int:member_id>/valider/", account.validate, name="member-validate"),
    path("<int:member_id>/refuser/", account.refuse, name="member-refuse"),
    path("<int:member_id>/effacer/", account.erase, name="member-erase"),
    path("<int:member_id>/rappeler/", renewals.remind_one, name="member-remind"),
    path("<int:member_id>/cotisations/", record.add_dues, name="member-dues"),
    path("<int:member_id>/cotisations/<int:dues_id>/retirer/", record.remove_dues, name="member-dues-remove"),
]
