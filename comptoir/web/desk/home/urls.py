"""Address of Accueil."""

from django.urls import path

from comptoir.web.desk.home import views

urlpatterns = [path("", views.home, name="home")]
