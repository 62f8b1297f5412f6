"""The calendar of one person, by a secret address."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from fieldlabs.models.registration import new_code
from smartsociety.core.tokens import sealed

SEAL = "fieldlabs.agenda"


class PersonalAgenda(models.Model):
    """Lets a calendar program read somebody's own fieldlabs without signing in; a new code ends the old address."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="fieldlab_agenda"
    )
    code = models.CharField(max_length=16, unique=True, default=new_code, editable=False)

    class Meta:
        verbose_name = _("personal calendar")
        verbose_name_plural = _("personal calendars")

    def __str__(self) -> str:
        return f"calendar of user {self.user_id}"

    @property
    def token(self) -> str:
        """What the secret address carries."""
        return sealed(SEAL, self.code)
