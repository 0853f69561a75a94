def hover():
    pass
