"""Practices that come out of fieldlabs, and who took them over."""
