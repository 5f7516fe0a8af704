"""Two inspections of one place: their pictures laid over each other, and what became of each crack."""
