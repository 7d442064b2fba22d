"""The demonstration: 62 catalogs and Tokyo's own on loopback, made from the definitions with a fixed seed.

`python -m demo serve --port P [--files DIR]` serves ports P to P+62; `python -m demo sources --port P` prints
the list of sources that the harvester reads. Same seed, same definitions: same bytes.
"""
