"""Makes the tables of the Wagtail site and fills it: `python -m peer practices.json`."""

import sys
from importlib import import_module

import django

django.setup()
import_module("peer.fill").main(sys.argv[1])  # only now: its models need the settings
