"""Training and measuring; `python -m train --help`."""
