import os


def children():
    """The processes that the server has started."""
    pids = [name for name in os.listdir("/proc") if name.isdigit()]
    return [pid for pid in pids if stat_fields(pid)[1] == str(PID)]
