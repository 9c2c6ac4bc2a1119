#!/usr/bin/env python3
"""A UDP echo server that notes when each datagram came: is a generator's schedule what it says?

    bench/arrivals.py [--poisson] [--gaps FILE] [--like FILE]

Prints READY host:port, and at SIGTERM one JSON line: received, mean_gap_ns, gap_deviation (standard
deviation / mean: 0 for a constant rate, 1 for a Poisson stream), with --poisson anderson_darling and
p_value (are the gaps exponential with the mean that they have?), with --like the correlation of the
gaps with those of an earlier run (--gaps) and the 99th percentile of their differences.

The time is the kernel's, taken when the datagram entered the receiving socket; on loopback that happens
inside the sender's system call. So Python's own slowness does not show, up to some 20,000 a second.
"""

import argparse
import json
import math
import signal
import socket
import statistics
import struct
import sys

SO_TIMESTAMPNS = 35  # socket(7); Python has no name for it


def anderson_darling(gaps):
    """A2* for an exponential law with estimated mean, and its p-value (Stephens 1974; D'Agostino and
    Stephens 1986, table 4.11: case 2)."""
    ordered, mean, n = sorted(gaps), statistics.fmean(gaps), len(gaps)
    total = 0.0
    for i, gap in enumerate(ordered):
        low = -math.expm1(-max(gap, 1) / mean)       # F of the i-th smallest
        log_high = -ordered[n - 1 - i] / mean         # log(1 - F) of the i-th largest
        total += (2 * i + 1) * (math.log(low) + log_high)
    statistic = (-n - total / n) * (1 + 0.6 / n)
    if statistic < 0.260:
        p_value = 1 - math.exp(-12.2204 + 67.459 * statistic - 110.3 * statistic ** 2)
    elif statistic < 0.510:
        p_value = 1 - math.exp(-6.1327 + 20.218 * statistic - 18.663 * statistic ** 2)
    elif statistic < 0.950:
        p_value = math.exp(0.9209 - 3.353 * statistic + 0.300 * statistic ** 2)
    elif statistic < 10.03:
        p_value = math.exp(0.731 - 3.009 * statistic + 0.150 * statistic ** 2)
    else:
        p_value = 0.0  # the formula turns round here
    return statistic, p_value


def serve(server):
    """The times of arrival in nanoseconds, until SIGTERM."""
    times = []
    size = socket.CMSG_SPACE(16)
    try:
        while True:
            data, ancillary, _, peer = server.recvmsg(65536, size)
            for level, kind, value in ancillary:
                if level == socket.SOL_SOCKET and kind == SO_TIMESTAMPNS:
                    seconds, nanoseconds = struct.unpack("qq", value)
                    times.append(seconds * 1_000_000_000 + nanoseconds)
            server.sendto(data, peer)
    except SystemExit:
        return times


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--poisson", action="store_true")
    parser.add_argument("--gaps", metavar="FILE", help="where to write the gaps, in ns")
    parser.add_argument("--like", metavar="FILE", help="gaps of another run")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *unused: sys.exit(0))
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4 << 20)
        server.bind(("127.0.0.1", 0))
        print("READY {}:{}".format(*server.getsockname()), flush=True)
        times = serve(server)
    gaps = [later - earlier for earlier, later in zip(times, times[1:])]
    figures = {"received": len(times)}
    if len(gaps) >= 2:
        figures["mean_gap_ns"] = statistics.fmean(gaps)
        figures["gap_deviation"] = statistics.pstdev(gaps) / figures["mean_gap_ns"]
        if options.poisson:
            figures["anderson_darling"], figures["p_value"] = anderson_darling(gaps)
        if options.like:
            with open(options.like) as file:
                others = json.load(file)
            pairs = list(zip(gaps, others))
            if len(pairs) >= 100:
                figures["gap_correlation"] = statistics.correlation(*zip(*pairs))
                figures["gap_difference_p99_ns"] = statistics.quantiles(
                    [abs(a - b) for a, b in pairs], n=100)[98]
    if options.gaps:
        with open(options.gaps, "w") as file:
            json.dump(gaps, file)
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
