"""Claims about speed, one a file, each a ratio measured in one run: `python -m benchmarks [NAME…]`."""
