"""The same practices as a Wagtail site: the peer beside which the list is measured, when Wagtail is installed."""
