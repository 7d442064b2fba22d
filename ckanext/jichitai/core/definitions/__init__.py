"""The rule book: items, their columns, lists and municipalities, read from schemas/."""
