"""The demonstration: an invented trust, its people and three years of history, the same every time."""
