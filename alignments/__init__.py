"""Two texts in, a bitext out."""
