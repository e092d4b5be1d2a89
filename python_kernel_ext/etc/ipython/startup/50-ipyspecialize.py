# Makes %%specialize exist without %load_ext; SPECIALIZE_DISABLE=1 switches it off. It runs in
# the user's namespace, so it binds no name, and it never prints or fails.
try:
    if not __import__("os").environ.get("SPECIALIZE_DISABLE"):
        get_ipython().extension_manager.load_extension("ipyspecialize")  # noqa: F821
except Exception:  # noqa: BLE001 - a kernel must start whatever is wrong with us
    __import__("logging").getLogger("ipyspecialize").debug("not loaded", exc_info=True)
