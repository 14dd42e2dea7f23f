"""The pages of training, under /staff/training/."""

from django.urls import include, path

from training import pages
from training.customers import pages as customers
from training.examples import acts
from training.examples import pages as examples
from training.fine_tuning import pages as tuning

app_name = "training"
urlpatterns = [
    path("", pages.page, name="page"),
    path("unpin/", pages.unpin, name="unpin"),
    path("search/", include("training.search.urls")),
    path("messages/", customers.message_list, name="messages"),
    path("messages/<int:pk>/decide/", customers.decide, name="decide-message"),
    path("examples/", examples.dataset_list, name="datasets"),
    path("examples/new/", examples.new, name="new-dataset"),
    path("examples/router/<str:name>", acts.router_file, name="router-file"),
    path("examples/<int:pk>/", examples.dataset, name="dataset"),
    path("examples/<int:pk>/examples/", examples.examples, name="dataset-examples"),
    path("examples/<int:pk>/files/<str:name>", acts.file, name="dataset-file"),
    path("examples/<int:pk>/cancel/", acts.cancel, name="cancel-dataset"),
    path("examples/<int:pk>/again/", acts.again, name="make-dataset-again"),
    path("examples/<int:pk>/copy/", acts.copy, name="copy-dataset"),
    path("examples/<int:pk>/count/", acts.count_anew, name="count-dataset"),
    path("examples/<int:pk>/delete/", acts.delete, name="delete-dataset"),
    path("examples/<int:pk>/<int:example>/set-aside/", acts.set_aside, name="set-example-aside"),
    path("examples/<int:pk>/<int:example>/take-back/", acts.take_back, name="take-example-back"),
    path("fine-tuning/", tuning.tuning_list, name="fine-tunings"),
    path("fine-tuning/new/", tuning.new, name="new-fine-tuning"),
    path("fine-tuning/estimate/", tuning.estimate, name="estimate-fine-tuning"),
    path("fine-tuning/models/", tuning.models, name="models-to-tune"),
    path("fine-tuning/<int:pk>/", tuning.one, name="fine-tuning"),
    path("fine-tuning/<int:pk>/cancel/", tuning.cancel, name="cancel-fine-tuning"),
    path("fine-tuning/<int:pk>/look/", tuning.look, name="look-at-fine-tuning"),
    path("<int:pk>/", pages.training, name="training"),
    *pages.ACTS.addresses(),
    path("<int:pk>/mixed/", pages.mixed, name="mixed"),
    path("<int:pk>/mixed-up.csv", pages.matrix_file, name="matrix-file"),
]
