def make(name):
    globals()[name] = type(name, (), {})
