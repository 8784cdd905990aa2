"""What really aired, as rows that prove themselves: an append-only chain of hashes, checkpoints and audio digests."""
