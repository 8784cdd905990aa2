"""Spoken text → sound: engines behind one protocol, and a cache of every sentence they have said."""
