"""Addresses of the alliance, Dutch in both languages."""

from django.urls import path

from alliance.staff import signatures as staff_signatures
from alliance.views import declaration, own, proof, signatories, signing

app_name = "alliance"

urlpatterns = [
    path("steunverklaring/", declaration.declaration, name="declaration"),
    path(
        "steunverklaring/versies/<int:version>/", declaration.declaration_version, name="declaration_version"
    ),
    path("steunverklaring/ondertekenen/", signing.signature_create, name="signature_create"),
    path("steunverklaring/ondertekenen/verstuurd/", signing.signature_sent, name="signature_sent"),
    path("steunverklaring/bevestigen/<str:token>/", signing.signature_confirm, name="signature_confirm"),
    path("steunverklaring/bewijs/<str:code>/", proof.signature_proof, name="signature_proof"),
    path("steunverklaring/bewijs/<str:code>/intrekken/", own.signature_withdraw, name="signature_withdraw"),
    path("ondertekenaars/", signatories.signatory_list, name="signatory_list"),
    # /beheer/ondertekeningen/
    path("beheer/ondertekeningen/", staff_signatures.signature_list, name="staff_signature_list"),
    path("beheer/ondertekeningen/<int:pk>/", staff_signatures.signature_verify, name="signature_verify"),
    path(
        "beheer/ondertekeningen/<int:pk>/publiceren/",
        staff_signatures.signature_publish,
        name="signature_publish",
    ),
]
