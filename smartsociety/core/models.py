"""People, mail to be sent, and whether sample data are loaded."""

from typing import ClassVar

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from smartsociety.core.validators import plain_line


class UserManager(BaseUserManager["User"]):
    """Makes accounts; an address is kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        """An account without password signs in by a code in the mail."""
        user = self.model(email=email.lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        """An administrator; used by `manage.py createsuperuser`."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str) -> "User":
        """The account with this address, however it is written."""
        return self.get(email=email.lower())


@pghistory.track(exclude=["email", "name", "password", "last_login"])
class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in; the e-mail address is the login.

    What staff may do follows from `roles`; what others may do from their memberships of organisations.
    """

    class Role(models.TextChoices):
        SECRETARIAT = "secretariat", _("Secretariat")  # verifies and publishes signatures
        PROGRAMME = "programme", _("Programme staff")  # plans fieldlabs, records outcomes
        EDITOR = "editor", _("Editor")  # reviews and publishes practices

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=100, blank=True, validators=[plain_line])
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role), verbose_name=_("roles"), default=list, blank=True
    )
    is_staff = models.BooleanField(_("staff"), default=False, help_text=_("May enter the staff workspace."))
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(_("joined at"), db_default=Now(), editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    silent_columns = ("last_login",)  # see core.content
    # Whether this session showed what staff must show; `core.second_factor` says when it did not.
    is_proven = True

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_roles_are_known",
                condition=models.Q(roles__contained_by=["secretariat", "programme", "editor"]),
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_only_staff_have_roles",
                condition=models.Q(is_staff=True) | models.Q(roles=[], is_superuser=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        """The name, for allauth and the admin."""
        return self.name

    @property
    def name_and_email(self) -> str:
        """Who it is, for somebody who decides about them; the address once when no name was ever given."""
        return f"{self.name} ({self.email})" if self.name else self.email

    def has_role(self, role: str) -> bool:
        """Whether this member of staff has `role`, and may use it now; an administrator has every role."""
        holds = self.is_superuser or role in self.roles
        return self.is_active and self.is_staff and self.is_proven and holds


class MailQuerySet(models.QuerySet["Mail"]):
    """Which mails need somebody."""

    def failing(self) -> "MailQuerySet":
        """Tried at least once and not sent."""
        return self.filter(sent_at=None, attempts__gt=0)


class Mail(models.Model):
    """One message to one person, stored in the transaction that causes it and sent by the worker (see `core.mail`)."""

    is_content: ClassVar[bool] = False

    to = models.EmailField(_("to"))
    reply_to = models.EmailField(_("reply to"), blank=True)
    unsubscribe_url = models.URLField(_("address to unsubscribe"), max_length=500, blank=True)
    subject = models.CharField(_("subject"), max_length=200)
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    language = models.CharField(_("language"), max_length=2, default="nl")
    kind = models.CharField(
        _("kind"), max_length=80
    )  # template name, for example "alliance/confirm_signature"
    created_at = models.DateTimeField(_("created at"), db_default=Now())
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.TextField(_("last error"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at"], condition=models.Q(sent_at=None), name="core_mail_unsent")
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Who agreed to what."""

    def standing(self, purpose: str) -> "ConsentQuerySet":
        """Those that were given for `purpose` and not withdrawn."""
        return self.filter(purpose=purpose, withdrawn_at=None)


@pghistory.track(exclude=["email"])
class Consent(models.Model):
    """A person agreed to one purpose, in the words that stood there; withdrawn as easily as given (AVG art. 7)."""

    class Purpose(models.TextChoices):
        NEWS = "news", _("News of the alliance")
        FIELDLABS = "fieldlabs", _("Invitations to fieldlabs")

    email = models.EmailField(_("e-mail address"))
    purpose = models.CharField(_("purpose"), max_length=20, choices=Purpose)
    wording = models.CharField(_("words that were agreed to"), max_length=300)
    language = models.CharField(_("language"), max_length=2, default="nl")
    given_at = models.DateTimeField(_("given at"), db_default=Now())
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_email_is_lower_case", condition=models.Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_purpose_is_known",
                condition=models.Q(purpose__in=["news", "fieldlabs"]),
            ),
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_stands_once",
                fields=["email", "purpose"],
                condition=models.Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} #{self.pk}"


class RateCount(models.Model):
    """How often something was tried in one window of time (see `core.limits`); the key is a hash that names nobody."""

    is_content: ClassVar[bool] = False

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("count of tries")
        verbose_name_plural = _("counts of tries")

    def __str__(self) -> str:
        return f"{self.count} until {self.ends_at}"


class ContentChange(models.Model):
    """Content was changed by one transaction, or by `weight` earlier ones (see `core.content`)."""

    is_content: ClassVar[bool] = False

    transaction = models.BigIntegerField()
    started_at = models.DateTimeField()
    weight = models.BigIntegerField(default=1)

    class Meta:
        verbose_name = _("change of content")
        verbose_name_plural = _("changes of content")
        constraints = [
            # Numbers begin anew when a backup is put back in another server; with their begin they are unique.
            models.UniqueConstraint(
                name="%(app_label)s_%(class)s_once_per_transaction", fields=["transaction", "started_at"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.weight} by {self.transaction}"


class SampleLoad(models.Model):
    """At most one row: sample data are in this database, and every page says so."""

    only = models.BooleanField(primary_key=True, default=True)
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(name="core_sampleload_is_single", condition=models.Q(only=True))
        ]

    def __str__(self) -> str:
        return f"loaded at {self.loaded_at}"
