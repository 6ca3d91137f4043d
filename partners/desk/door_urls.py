"""The way in, below the language."""

from django.urls import path

from partners.desk.views import door

urlpatterns = [path("", door.door, name="desk_door")]
