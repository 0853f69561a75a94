import shop.sub.deep

if shop:
    one = 1
else:
    two = 2

with open("x") as handle:
    three, (four, *five) = handle
for six in five:
    pass
if (seven := six):
    pass


def start():
    global eight
    eight = 8
