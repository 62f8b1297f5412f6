"""The environment of the tests, set before anything reads it; fixtures are in tests/conftest.py.

DJANGO_SETTINGS_MODULE is set here and not in pyproject.toml: pytest-django would load the settings before this file.
"""

import os

import django

os.environ |= {
    "DJANGO_SETTINGS_MODULE": "smartsociety.settings",
    "SMARTSOCIETY_DEBUG": "true",  # no https, no hashed files; pytest-django still runs with settings.DEBUG off
    "SMARTSOCIETY_TEST_CLUSTER": "1",  # a database server of their own, which may forget everything
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",  # playwright keeps an event loop running; these tests use no other
}
django.setup()  # so that tests/conftest.py can import models
