"""Which module is which file, what each one binds, and in what order Python runs them."""
