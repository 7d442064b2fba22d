"""Actions and authorisation of validation."""
