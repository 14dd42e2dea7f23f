"""The addresses of what search has learned, under /staff/training/search/: part of training/urls.py."""

from django.urls import path

from training.search import pages

urlpatterns = [
    path("", pages.page, name="search"),
    path("start/", pages.start, name="search-start"),
    path("policy/", pages.policy, name="search-policy"),
    path("usual/", pages.usual, name="search-usual"),
    path("<int:pk>/", pages.training, name="search-training"),
    path("<int:pk>/questions/", pages.questions, name="search-questions"),
    path("<int:pk>/use/", pages.use, name="search-use"),
    path("<int:pk>/back/", pages.back, name="search-back"),
    path("<int:pk>/set-aside/", pages.set_aside, name="search-set-aside"),
    path("<int:pk>/cancel/", pages.cancel, name="search-cancel"),
]
