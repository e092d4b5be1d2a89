"""Forms that were lost, sites met by many types, sites that ran too little."""


def added(a, b):
    return a + b


def compared(a, b):
    return a if a < b else b


def named(thing):
    return thing.name


def once(a):
    return a + 1


def never(a):
    return a + 1


class One:
    name = 1


class Two:
    def __init__(self):
        self.name = 2


for turn in range(300):
    added(turn, 1) if turn < 100 else added("a", "b")
    compared(turn, 1) if turn % 2 else compared(1.5, turn)
    named(One() if turn < 150 else Two())
once(1)
