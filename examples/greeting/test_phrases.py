import unittest

from phrases import LONGEST_NAME, greet


class Greet(unittest.TestCase):
    def test_everyone(self):
        self.assertEqual(greet(), "Hello, world!")
        self.assertEqual(greet("  "), "Hello, world!")

    def test_somebody(self):
        self.assertEqual(greet("Ada"), "Hello, Ada!")
        self.assertEqual(greet("Jürgen", "Moin"), "Moin, Jürgen!")

    def test_a_long_name_is_cut(self):
        self.assertEqual(greet("a" * LONGEST_NAME), f"Hello, {'a' * LONGEST_NAME}!")
        self.assertEqual(greet("a" * (LONGEST_NAME + 1)), f"Hello, {'a' * (LONGEST_NAME - 1)}…!")


if __name__ == "__main__":
    unittest.main()
