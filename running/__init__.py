"""What stands behind `./run`: it prepares the environment and starts things. Standard library only."""
