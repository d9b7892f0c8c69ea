"""Address of the journal."""

from django.urls import path

from comptoir.web.desk.journal import views

urlpatterns = [path("", views.journal, name="journal")]
