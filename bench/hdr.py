#!/usr/bin/env python3
"""Reads a histogram in HdrHistogram's V2 compressed encoding, independently of harness/.

    bench/hdr.py REPORT.json        how many values and buckets each latency of a load report has

The format is that of AbstractHistogram.encodeIntoCompressedByteBuffer: a header of five 32-bit and
64-bit numbers, big-endian, then the counts by bucket index, zigzag and LEB128; a negative one stands
for so many empty buckets.
"""

import base64
import json
import struct
import sys
import zlib

V2 = 0x1C849303             # the last hex digit but one of a cookie is the word size: not looked at
V2_COMPRESSED = 0x1C849304
NOT_THE_VERSION = 0xF0


def cookie_of(word):
    return word & ~NOT_THE_VERSION


def numbers(data):
    """Zigzag LEB128; the ninth byte of a number, if there is one, has eight bits."""
    value = shift = 0
    for byte in data:
        if shift == 56:
            value |= byte << shift
        else:
            value |= (byte & 0x7F) << shift
            if byte & 0x80:
                shift += 7
                continue
        yield (value >> 1) ^ -(value & 1)
        value = shift = 0
    if shift:
        raise ValueError("it ends within a number")


def counts_of(text):
    """The counts by bucket index, up to the last in use. Of None, which a report has for no values: []."""
    if text is None:
        return []
    packed = base64.b64decode(text, validate=True)
    cookie, length = struct.unpack_from(">ii", packed)
    if cookie_of(cookie) != V2_COMPRESSED or length != len(packed) - 8:
        raise ValueError("not a compressed histogram, or cut")
    plain = zlib.decompress(packed[8:])
    cookie, length, offset, digits, lowest, highest, conversion = struct.unpack_from(">iiiiqqd", plain)
    if cookie_of(cookie) != V2 or length != len(plain) - 40:
        raise ValueError("not a histogram, or cut")
    if (offset, digits, lowest, highest, conversion) != (0, 3, 1, 60_000_000_000, 1.0):
        raise ValueError("other buckets than 1 ns to 60 s with three digits")
    counts = []
    for number in numbers(plain[40:]):
        counts.extend([0] * -number if number < 0 else [number])
    return counts


def main():
    with open(sys.argv[1]) as file:
        latency = json.load(file)["latency"]
    for name, series in latency.items():
        counts = counts_of(series["hdr"])
        print(f"{name}: {sum(counts)} values in {sum(map(bool, counts))} buckets; the report says {series['count']}")


if __name__ == "__main__":
    main()
