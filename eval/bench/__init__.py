"""Models, engines and settings against each other: quality, speed, memory."""
