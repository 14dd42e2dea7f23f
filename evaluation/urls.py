"""The pages of reviews and corrections, under /staff/review/."""

from django.urls import path

from evaluation.corrections import views as corrections
from evaluation.reviews import export_views
from evaluation.reviews import views as reviews

app_name = "evaluation"

urlpatterns = [
    path("", reviews.queue, name="review"),
    path("queue/", reviews.queue_now, name="queue-now"),
    path("agreement/", reviews.agreement, name="agreement"),
    path("export.<str:form>", export_views.export, name="export-reviews"),
    path("corrections/", corrections.correction_list, name="corrections"),
    path("corrections/<int:pk>/", corrections.correction, name="correction"),
    path("corrections/<int:pk>/state/", corrections.state, name="correction-state"),
    path("corrections/<int:pk>/check/", corrections.check, name="correction-check"),
    path("corrections/<int:pk>/publish/", corrections.publish, name="correction-publish"),
    path("corrections/<int:pk>/accept/", corrections.accept, name="correction-accept"),
    path("corrections/<int:pk>/withdraw/", corrections.withdraw, name="correction-withdraw"),
    path("<int:pk>/", reviews.answer, name="answer"),
    path("<int:pk>/judge/", reviews.judge, name="judge"),
    path("<int:pk>/assign/", reviews.assign, name="assign-review"),
    path("<int:pk>/pass-over/", reviews.pass_over, name="pass-over"),
    path("<int:pk>/put-back/", reviews.put_back, name="put-back"),
    path("<int:pk>/another/", reviews.another, name="another-review"),
    path("<int:pk>/correct/", corrections.correct, name="correct"),
]
