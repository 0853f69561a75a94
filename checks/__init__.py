"""The checks: one file each, in folders as a user thinks. The file's name is the check's name."""
