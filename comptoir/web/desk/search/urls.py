"""Address of the one search box."""

from django.urls import path

from comptoir.web.desk.search import views

urlpatterns = [path("", views.search, name="search")]
