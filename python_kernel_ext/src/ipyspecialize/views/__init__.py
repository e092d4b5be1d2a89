# SPDX-License-Identifier: BSD-3-Clause
"""Views of a payload, and of nothing else: HTML and text."""
