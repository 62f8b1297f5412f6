"""Addresses of the ground under /beheer/."""

from django.urls import path

from smartsociety.core import staff

urlpatterns = [
    path("mail/", staff.mail_list, name="staff_mail_list"),
    path("mail/<int:pk>/opnieuw/", staff.mail_retry, name="staff_mail_retry"),
    path("logboek/", staff.audit_list, name="staff_audit_list"),
]
