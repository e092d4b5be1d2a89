"""Calls of functions, classes, builtins and methods, with what each can do."""


class Box:
    def __init__(self, size):
        self.size = size


def plain(a, b=1):
    return a


def starred(*args, **named):
    return args


def calls(items):
    plain(1, 2)
    plain(1)
    plain(1, b=2)
    starred(*items, k=1)
    len(items)
    isinstance(items, list)
    items.append(1)
    str(1)
    Box(1)
    max(1, 2)
    range(3)
    return "a".upper()


for _ in range(40):
    calls([1])
