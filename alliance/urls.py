"""Addresses of the alliance, Dutch in both languages."""

from django.urls import path

from alliance import staff_views, views

app_name = "alliance"

urlpatterns = [
    path("steunverklaring/", views.declaration, name="declaration"),
    path("steunverklaring/versies/<int:version>/", views.declaration_version, name="declaration_version"),
    path("steunverklaring/ondertekenen/", views.signature_create, name="signature_create"),
    path("steunverklaring/ondertekenen/verstuurd/", views.signature_sent, name="signature_sent"),
    path("steunverklaring/bevestigen/<str:token>/", views.signature_confirm, name="signature_confirm"),
    path("steunverklaring/bewijs/<str:code>/", views.signature_proof, name="signature_proof"),
    path("steunverklaring/bewijs/<str:code>/intrekken/", views.signature_withdraw, name="signature_withdraw"),
    path("ondertekenaars/", views.signatory_list, name="signatory_list"),
    # /beheer/ondertekeningen/
    path("beheer/ondertekeningen/", staff_views.signature_list, name="staff_signature_list"),
    path("beheer/ondertekeningen/<int:pk>/", staff_views.signature_verify, name="signature_verify"),
    path(
        "beheer/ondertekeningen/<int:pk>/publiceren/", staff_views.signature_publish, name="signature_publish"
    ),
]
