"""What each of us gets at every address: a table per app, and what stands at the addresses it names."""
