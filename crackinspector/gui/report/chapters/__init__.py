"""The chapters of a report, each a function from the brief to its parts."""
