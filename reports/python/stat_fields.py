def stat_fields(pid):
    """What /proc/<pid>/stat tells behind the name: state, parent, …; see man proc."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()
    except OSError:
        return ["gone"] * 20
