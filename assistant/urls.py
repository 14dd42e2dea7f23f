from django.urls import path

from assistant import views

app_name = "assistant"

urlpatterns = [
    path("", views.playground, name="playground"),
    path("try/", views.try_question, name="try"),
]
