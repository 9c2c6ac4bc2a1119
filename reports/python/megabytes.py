def megabytes():
    """The memory that the server's process has for itself."""
    with open(f"/proc/{PID}/status") as file:
        lines = [line.split() for line in file if line.startswith("RssAnon")]
    return int(lines[0][1]) // 1024
