"""Text to report and table; only examine.py knows the order."""
