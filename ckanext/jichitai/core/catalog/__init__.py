"""The catalog: sources, their listings, and what a harvest would do with them."""
