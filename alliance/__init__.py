"""Organisations, the declaration of support, and who signed it."""
