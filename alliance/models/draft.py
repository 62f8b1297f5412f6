"""A signature that is still being written."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliance.models.declaration import Declaration
from alliance.models.signature import Signature
from smartsociety.core.files import RandomName, private_storage


class SignatureDraft(models.Model):
    """What somebody filled in so far, found again by the secret in the address; only its hash is stored.

    Nothing in it is checked against the world until the last step. Signing erases the answers and leaves `signature`,
    so that a second click leads to the same page; the row goes when it expires.
    """

    is_content: ClassVar[bool] = False

    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    declaration = models.ForeignKey(Declaration, on_delete=models.CASCADE, related_name="+")
    answers = models.JSONField(_("answers"), default=dict)  # per field of the forms, as typed
    mandate_document = models.FileField(
        upload_to=RandomName("mandates"), storage=private_storage, blank=True, max_length=80
    )
    signature = models.ForeignKey(
        Signature, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="nl")
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    expires_at = models.DateTimeField(_("expires at"))

    class Meta:
        verbose_name = _("signature being written")
        verbose_name_plural = _("signatures being written")

    def __str__(self) -> str:
        return f"draft #{self.pk}"
