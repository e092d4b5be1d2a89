"""Operators on operands that fit a form, on mixed ones, and without any form."""


def arithmetic(a, b, x, s):
    a + b
    a - b
    a * b
    x * x
    a * x
    a / b
    a**b
    a % b
    a << 1
    s + s
    s += s
    return -a


for _ in range(40):
    arithmetic(3, 4, 1.5, "é")
