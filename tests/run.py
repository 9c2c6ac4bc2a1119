"""Runs one file of end-to-end tests:  SOCKSPEC=build/dev/bin/sockspec python3 tests/run.py test_usage [TEST …]

Exits with 0 if all passed, 1 if one failed or none was found, 77 if all were skipped.
"""

import os
import sys
import unittest

ALL_SKIPPED = 77


def main(arguments):
    sys.dont_write_bytecode = True
    sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
    from support import isolation
    isolation.enter_own_processes()
    names = [arguments[0].removesuffix(".py"), *arguments[1:]]
    wanted = names[:1] if len(names) == 1 else [f"{names[0]}.{name}" for name in names[1:]]
    suite = unittest.defaultTestLoader.loadTestsFromNames(wanted)
    result = unittest.TextTestRunner(verbosity=2).run(suite)
    if result.testsRun == 0 or not result.wasSuccessful():
        return 1
    return ALL_SKIPPED if len(result.skipped) == result.testsRun else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or sys.exit(__doc__)))
