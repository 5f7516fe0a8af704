"""The live pipeline without a window: camera loop, inference loop, steadying, rates, alarms, what is kept, headless."""
