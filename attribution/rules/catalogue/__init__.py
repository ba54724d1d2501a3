"""The rules, one a module, named by their codes."""
