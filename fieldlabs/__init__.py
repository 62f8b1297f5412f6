"""Fieldlabs: planned every quarter, who takes part, and what they yield."""
