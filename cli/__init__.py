"""The command `satzpaar`: flags to options, streams to documents."""
