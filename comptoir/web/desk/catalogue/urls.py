"""Addresses of activities and themes at the desk."""

from django.urls import path

from comptoir.web.desk.catalogue import activities, courses, editing, rules, themes

urlpatterns = [
    path("", activities.activities, name="activities"),
    path("nouvelle/", editing.new, name="activity-new"),
    path("themes/", themes.themes, name="themes"),
    path("themes/<int:theme_id>/", themes.theme, name="theme"),
    path("themes/<int:theme_id>/suppression/", themes.delete, name="theme-delete"),
    path("<int:activity_id>/", activities.activity, name="activity"),
    path("<int:activity_id>/modifier/", editing.edit, name="activity-edit"),
    path("<int:activity_id>/inscrits/", rules.rules, name="activity-rules"),
    path("<int:activity_id>/formation-publique/", courses.course, name="activity-course"),
    path("<int:activity_id>/publication/", activities.publication, name="activity-publication"),
]
