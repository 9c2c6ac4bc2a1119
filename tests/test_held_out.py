"""The diagnosis holds what its confidence promises, on servers that the fault table was not made from."""

import os
import unittest

import held_out

# All of them take minutes; every fourth is a fair sample of faults, languages and profiles.
EVERY = int(os.environ.get("SOCKSPEC_HELD_OUT_EVERY", "4"))


class HeldOut(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.answers = list(held_out.ask_all(os.environ["SOCKSPEC"], held_out.subjects(every=EVERY), 2))
        cls.counts = held_out.figures(cls.answers)

    def test_nine_of_ten_diagnoses_given_with_confidence_are_right(self):
        self.assertGreater(self.counts["sure"], 15, self.answers)
        self.assertGreaterEqual(self.counts["sure_right"] / self.counts["sure"], 0.9, self.answers)

    def test_most_bugs_are_among_the_first_three_names(self):
        self.assertGreaterEqual(self.counts["top3"] / self.counts["faulty"], 0.7, self.answers)

    def test_a_correct_server_gets_no_diagnosis(self):
        self.assertEqual(self.counts["correct_diagnosed"], 0, self.answers)


if __name__ == "__main__":
    unittest.main()
