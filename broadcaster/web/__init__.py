"""The station's page in a browser, and nothing that changes anything: how today goes, for people on this machine."""
