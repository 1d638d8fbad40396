"""How the shipped font and icon files are made from their sources. Development only: nothing here runs on a server."""
