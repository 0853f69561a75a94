"""What a project asks to be installed."""
