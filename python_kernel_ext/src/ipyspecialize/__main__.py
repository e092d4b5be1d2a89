# SPDX-License-Identifier: BSD-3-Clause
"""``python -m ipyspecialize``: the command `specialize`."""

from ipyspecialize.command import main

if __name__ == "__main__":
    main()
