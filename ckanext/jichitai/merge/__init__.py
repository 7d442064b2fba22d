"""Merged tables: 27 items, each released whole, with matrix, item pages, changes and downloads."""
