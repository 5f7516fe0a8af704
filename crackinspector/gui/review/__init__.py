"""One snapshot after the other: looked at closely, decided on, corrected."""
