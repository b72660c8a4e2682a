"""The views of the SQL contract, one statement a file."""
