"""The pages of training, under /staff/training/."""

from django.urls import path

from training import pages
from training.customers import pages as customers

app_name = "training"
urlpatterns = [
    path("", pages.page, name="page"),
    path("start/", pages.start, name="start"),
    path("policy/", pages.policy, name="policy"),
    path("unpin/", pages.unpin, name="unpin"),
    path("messages/", customers.message_list, name="messages"),
    path("messages/<int:pk>/decide/", customers.decide, name="decide-message"),
    path("<int:pk>/", pages.training, name="training"),
    path("<int:pk>/use/", pages.use, name="use"),
    path("<int:pk>/back/", pages.back, name="back"),
    path("<int:pk>/set-aside/", pages.set_aside, name="set-aside"),
    path("<int:pk>/cancel/", pages.cancel, name="cancel"),
    path("<int:pk>/mixed/", pages.mixed, name="mixed"),
    path("<int:pk>/mixed-up.csv", pages.matrix_file, name="matrix-file"),
]
