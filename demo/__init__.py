"""The demonstration: 62 catalogs and Tokyo's own on loopback, made from the definitions with a fixed seed.

(Room in work by the lead: program, world, files, catalogs.)
"""
