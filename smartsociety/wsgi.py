"""The application that the production server runs: `granian --interface wsgi smartsociety.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartsociety.settings")
application = get_wsgi_application()
