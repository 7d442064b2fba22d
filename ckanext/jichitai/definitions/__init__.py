"""Plugin jichitai_definitions: item and municipality types, their form fields, pages of the whole."""
