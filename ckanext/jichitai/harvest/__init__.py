"""Sources in, datasets out: list, adapt, plan, guard, apply, index, files. The order stands in run.py."""
