"""What people type in the alliance, one file per part of the site."""
