#!/usr/bin/env python3
"""Is a Poisson schedule one? Looks at the due times that bench/schedule prints, for several seeds.

    bench/schedules.py --seeds 100 -- build/release/bench/schedule --rate 1000 --arrivals poisson --duration 10s

Prints the flat JSON line that ratio.py reads: p_value, of the Anderson-Darling test of each seed's
gaps: how often the least of so many would be as low as it is (of 100 right schedules, one has p < 0.01);
p_value_of_shards, the same for four shards of it put together; same_seed_differs, due times that are
others in a second run; other_seed_agrees, due times that two seeds have in common; and the means of
per_s and gap_deviation. Nothing here depends on the machine.
"""

import argparse
import json
import statistics
import subprocess

import arrivals


def due_times(command, seed, shard="1/1"):
    words = [*command, "--seed", str(seed), "--shard", shard]
    return [int(line) for line in subprocess.run(words, check=True, capture_output=True, text=True).stdout.split()]


def gaps_of(times):
    return [later - earlier for earlier, later in zip([0, *times], times)]


def of_the_least(p_values):
    """Sidak's correction for looking at many."""
    return 1 - (1 - min(p_values)) ** len(p_values)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=100, help="1 to so many (100)")
    parser.add_argument("--shards", type=int, default=4)
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()

    p_values, p_values_of_shards, deviations, rates, differs = [], [], [], [], 0
    all_times = {}
    for seed in range(1, options.seeds + 1):
        times = all_times[seed] = due_times(options.command, seed)
        differs += sum(a != b for a, b in zip(times, due_times(options.command, seed), strict=True))
        gaps = gaps_of(times)
        p_values.append(arrivals.anderson_darling(gaps)[1])
        deviations.append(statistics.pstdev(gaps) / statistics.fmean(gaps))
        rates.append((len(times) - 1) / (times[-1] - times[0]) * 1e9)
        together = sorted(time for index in range(1, options.shards + 1)
                          for time in due_times(options.command, seed, f"{index}/{options.shards}"))
        p_values_of_shards.append(arrivals.anderson_darling(gaps_of(together))[1])
    print(json.dumps({
        "schedules": options.seeds, "gaps": sum(map(len, all_times.values())),
        "p_value": of_the_least(p_values), "p_value_of_shards": of_the_least(p_values_of_shards),
        "per_s": statistics.fmean(rates), "gap_deviation": statistics.fmean(deviations),
        "same_seed_differs": differs,
        "other_seed_agrees": len(set(all_times[1]) & set(all_times.get(2, [])))}))


if __name__ == "__main__":
    main()
