"""The pages of training, under /staff/training/."""

app_name = "training"
urlpatterns: list = []
