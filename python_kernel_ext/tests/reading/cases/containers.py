"""Subscripts, slices, membership, unpacking, loops."""


def containers(items, pair, table, text):
    items[0]
    items[-1]
    items[0] = 2
    items[0:1]
    pair[1]
    table["k"]
    table["k"] = 1
    text[0]
    "k" in table
    1 in {1, 2}
    first, second = pair
    [a, b, c] = [1, 2, 3]
    for number in range(3):
        number
    for item in items:
        item
    for key in table:
        key
    return [i + 1 for i in items]


for _ in range(40):
    containers([1, 2], (1, 2), {"k": 1}, "ab")
