def zombies():
    """Children that have ended, and for which the server did not wait()."""
    return sum(stat_fields(pid)[0] == "Z" for pid in children())
