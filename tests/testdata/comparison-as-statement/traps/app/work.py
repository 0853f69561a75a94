def compared(a, b, suppress):
    try:
        a == b
    except TypeError:
        return False
    with suppress(TypeError):
        a.x == b
    same = a == b
    len(a) == 3
    a != b
    return same and a == b
