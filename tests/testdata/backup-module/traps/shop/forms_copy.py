class Order:
    """No model, only of that name."""
