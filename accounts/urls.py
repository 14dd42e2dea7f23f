from django.contrib.auth.views import LogoutView
from django.urls import path

from accounts.audit import pages as audit_pages
from accounts.views import SignIn

app_name = "accounts"

urlpatterns = [
    path("sign-in/", SignIn.as_view(), name="login"),
    path("sign-out/", LogoutView.as_view(), name="logout"),
    path("audit/", audit_pages.trail, name="audit"),
    path("audit/<slug:form>/", audit_pages.export, name="audit-export"),
]
