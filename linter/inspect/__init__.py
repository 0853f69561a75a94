"""The index, printed: one module for each WHAT of `ormlint inspect`."""
