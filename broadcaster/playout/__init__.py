"""Programmes and relays → loudspeakers, and what really left them."""
