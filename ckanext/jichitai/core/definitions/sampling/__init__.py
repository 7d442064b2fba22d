"""How made-up rows are made: where they lie, what stands in a cell, and how cells agree."""
