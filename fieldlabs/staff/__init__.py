"""Pages of the staff, under /beheer/."""
