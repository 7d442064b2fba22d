"""Actions, authorisation and validators of definitions."""
