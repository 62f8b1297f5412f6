"""Pages of the secretariat, under /beheer/."""
