"""The settings of production; only the static files are collected elsewhere, and a build of ours stays as it is."""

import os

from smartsociety.settings import *  # noqa: F403

STATIC_ROOT = os.environ["BENCHMARK_STATIC_ROOT"]
