"""Two pictures beside each other, one after the other in one place, or as what has changed between them."""
