"""What the live sources gave: their refresh, what is new, what is disputed."""
