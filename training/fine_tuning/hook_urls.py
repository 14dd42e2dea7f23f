"""Where providers ring, under /hooks/fine-tuning/."""

from django.urls import path

from training.fine_tuning import hook

app_name = "tuning-hook"
urlpatterns = [path("", hook.ring, name="ring")]
