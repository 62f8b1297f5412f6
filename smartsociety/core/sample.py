"""People of the sample data, one per role, and what the `sample` modules of the apps share.

Apps give these people memberships by the constants here, read their files and count back from now with the functions.
"""

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from smartsociety.core.models import User

REPRESENTATIVE = "vertegenwoordiger@voorbeeld.example"
EDITOR_ELSEWHERE = "redacteur@voorbeeld.example"
SECRETARIAT = "secretariaat@voorbeeld.example"
PROGRAMME = "programma@voorbeeld.example"
EDITOR = "redactie@voorbeeld.example"
ADMINISTRATOR = "beheerder@voorbeeld.example"

# Known to everybody who reads this; only used while DEBUG is on.
PASSWORD = "voorbeeld-wachtwoord-2026"  # noqa: S105
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # noqa: S105


@dataclass(frozen=True)
class Person:
    """Somebody to sign in as."""

    email: str
    name: str
    role: str | Promise
    roles: tuple[str, ...] = ()
    is_staff: bool = False
    is_superuser: bool = False


PEOPLE = (
    Person(REPRESENTATIVE, "Vera Vermeer (voorbeeld)", _("Representative of a municipality")),
    Person(EDITOR_ELSEWHERE, "Ravi Ramdas (voorbeeld)", _("Editor of another municipality")),
    Person(
        SECRETARIAT,
        "Sanne Smit (voorbeeld)",
        _("VNG secretariat"),
        roles=(User.Role.SECRETARIAT,),
        is_staff=True,
    ),
    Person(
        PROGRAMME, "Pim Peters (voorbeeld)", _("Programme staff"), roles=(User.Role.PROGRAMME,), is_staff=True
    ),
    Person(
        EDITOR,
        "Rosa de Ruiter (voorbeeld)",
        _("Editor of the knowledge base"),
        roles=(User.Role.EDITOR,),
        is_staff=True,
    ),
    Person(ADMINISTRATOR, "Ahmed Aydin (voorbeeld)", _("Administrator"), is_staff=True, is_superuser=True),
)


def load() -> None:
    """The sample data of the ground: its people."""
    load_people()


def unload() -> None:
    """Remove the people of the sample data and what hangs on them."""
    User.objects.filter(email__in=[person.email for person in PEOPLE]).delete()


def read(path: Path) -> dict[str, Any]:
    """A TOML file, its texts without white space around them."""
    return _stripped(tomllib.loads(path.read_text(encoding="utf-8")))


def ago(months: int, *, seed: int = 0) -> datetime:
    """A moment in office hours some `months` ago, or today when that is 0; another one for every `seed`.

    More months is always earlier, whatever the seeds.
    """
    now = timezone.localtime()
    if months == 0:
        return now - timedelta(hours=1 + seed % 5, minutes=seed * 7 % 60)
    year, month = divmod(now.year * 12 + now.month - 1 - months, 12)
    moment = datetime(year, month + 1, min(now.day, 28), 9 + seed % 8, seed * 7 % 60, tzinfo=now.tzinfo)
    moment -= timedelta(days=seed % 20)
    return moment - timedelta(days=max(0, moment.weekday() - 4))


def after(moment: datetime, **delay: float) -> datetime:
    """Some time after `moment` (as of `timedelta`), yet never in the future."""
    return min(moment + timedelta(**delay), timezone.localtime())


def _stripped(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _stripped(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_stripped(part) for part in value]
    return value.strip() if isinstance(value, str) else value


def load_people() -> None:
    """Make or put right the people of the sample data.

    Nobody can sign in as them outside DEBUG: no password, no authenticator app, and their mail goes nowhere. That also
    holds for people that were loaded while DEBUG was on, once this runs again.
    """
    for person in PEOPLE:
        rights = {
            "roles": list(person.roles),
            "is_staff": person.is_staff,
            "is_superuser": person.is_superuser,
        }
        user, _created = User.objects.update_or_create(
            email=person.email, defaults={"name": person.name, **rights}
        )
        EmailAddress.objects.update_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        if settings.DEBUG:
            _open(user)
        else:
            _close(user)


def _open(user: User) -> None:
    if not user.check_password(PASSWORD):
        user.set_password(PASSWORD)
        user.save(update_fields=["password"])
    if user.is_staff:
        data = {"secret": encrypt(TOTP_SECRET)}
        Authenticator.objects.get_or_create(user=user, type=Authenticator.Type.TOTP, defaults={"data": data})


def _close(user: User) -> None:
    user.set_unusable_password()
    user.save(update_fields=["password"])
    user.authenticator_set.all().delete()
