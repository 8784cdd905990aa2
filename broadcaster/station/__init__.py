"""The station's day, one file a flow: nothing but wiring and the order of steps."""
