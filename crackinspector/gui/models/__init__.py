"""The model chooser: what each model is, how well it does and how fast it is here."""
