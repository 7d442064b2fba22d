"""Many files → one table an item, each row with its source and each file with its fate."""
