import os
import time


def cpu_percent():
    """How much of one processor the server uses within half a second."""
    def used():
        stats = [stat_fields(pid) for pid in [PID, *children()]]
        ticks = sum(int(s[11]) + int(s[12]) for s in stats if s[0] != "gone")
        return ticks / os.sysconf("SC_CLK_TCK")
    before = used()
    time.sleep(0.5)
    return (used() - before) / 0.5 * 100
