"""Addresses under /ontwikkel/, mounted by the root only while DEBUG is on."""

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from smartsociety.core import development

if not settings.DEBUG:
    raise ImproperlyConfigured(
        "The development pages sign anybody in as anybody; they exist only while DEBUG is on."
    )

urlpatterns = [
    path("mail/", development.mail_list, name="dev_mail_list"),
    path("mail/<int:pk>/", development.mail_detail, name="dev_mail_detail"),
    path("mail/<int:pk>/html/", development.mail_html, name="dev_mail_html"),
    path("inloggen/", development.sign_in, name="dev_sign_in"),
]
