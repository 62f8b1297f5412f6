"""Public pages, one file per part of the site."""
