"""The addresses of what search has learned, under /staff/training/search/: part of training/urls.py."""

from django.urls import path

from training.search import pages

urlpatterns = [
    path("", pages.page, name="search"),
    path("saved/", pages.saved, name="search-saved"),
    path("usual/", pages.usual, name="search-usual"),
    path("<int:pk>/", pages.training, name="search-training"),
    path("<int:pk>/questions/", pages.questions, name="search-questions"),
    *pages.ACTS.addresses(),
]
