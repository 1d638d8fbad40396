"""Areas and places: approximate to show, exact under seal."""
