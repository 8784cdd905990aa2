"""The command line: parse → station → print. Imports nothing heavy before a command runs."""
