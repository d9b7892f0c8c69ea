"""Addresses of the account, the same on the platform and inside an organisation. allauth finds its pages by name."""

from allauth.account import views
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.urls import path, re_path

from comptoir.web.signin import passkeys
from comptoir.web.signin.devices import close, devices
from comptoir.web.signin.views import ForgottenView, LinkView, choose_place

urlpatterns = [
    path("", choose_place, name="account_places"),
    path("connexion/", views.login, name="account_login"),
    path("deconnexion/", views.logout, name="account_logout"),
    path("ferme/", views.account_inactive, name="account_inactive"),
    path("confirmer/", views.reauthenticate, name="account_reauthenticate"),
    path("mot-de-passe/", views.password_change, name="account_change_password"),
    path("mot-de-passe/premier/", views.password_set, name="account_set_password"),
    path("mot-de-passe/oublie/", ForgottenView.as_view(), name="account_reset_password"),
    path("mot-de-passe/oublie/envoye/", views.password_reset_done, name="account_reset_password_done"),
    path("lien/fait/", views.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^lien/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        LinkView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("appareils/", devices, name="usersessions_list"),
    path("appareils/<int:device_id>/fermer/", close, name="account_device_close"),
    path("cle/", passkeys.LoginView.as_view(), name="mfa_login_webauthn"),
    path("cle/question/", passkeys.login_options, name="mfa_login_webauthn_options"),
    path("cles/", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("cles/ajouter/", passkeys.AddView.as_view(), name="mfa_add_webauthn"),
    path("cles/ajouter/question/", passkeys.add_options, name="mfa_add_webauthn_options"),
    path("cles/confirmer/", passkeys.ReauthenticateView.as_view(), name="mfa_reauthenticate_webauthn"),
    path("cles/confirmer/question/", passkeys.reauthenticate_options, name="mfa_reauthenticate_webauthn_options"),
    path("cles/<int:pk>/renommer/", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("cles/<int:pk>/retirer/", webauthn.remove_webauthn, name="mfa_remove_webauthn"),
    path("double-verification/", mfa.index, name="mfa_index"),
    path("double-verification/code/", passkeys.AuthenticateView.as_view(), name="mfa_authenticate"),
    path("double-verification/code/question/", passkeys.authenticate_options, name="mfa_authenticate_options"),
    path("double-verification/confirmer/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("double-verification/activer/", totp.activate_totp, name="mfa_activate_totp"),
    path("double-verification/retirer/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("double-verification/secours/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("double-verification/secours/nouveaux/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("double-verification/secours/codes.txt", codes.download_recovery_codes, name="mfa_download_recovery_codes"),
]
