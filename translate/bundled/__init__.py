"""The model that comes with Satzpaar: an ordinary Hugging Face Marian folder."""
