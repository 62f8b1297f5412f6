"""Settings from the environment: typed, and a start that fails says what to do."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError

_env = Env()
_env.read_env(Path(__file__).resolve().parent.parent / ".env", recurse=False)


def setting(name: str, kind: str = "str", *, hint: str = "", **options: Any) -> Any:
    """The environment variable `name` as `kind`: one of environs' parsers (str, bool, int, list, dj_email_url, …).

    Without a `default` the variable is required. Raises ImproperlyConfigured with `hint` when it is missing or wrong.
    """
    try:
        return getattr(_env, kind)(name, **options)
    except (EnvError, ValueError) as error:
        message = (
            f"{error}. {hint} All variables are explained in .env.example; `make run` needs none of them."
        )
        raise ImproperlyConfigured(message) from error
