"""The tests of Satzpaar."""
