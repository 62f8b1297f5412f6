"""Public pages of the alliance, one file per part of the site."""
