"""What joins the pillars: home, help, navigation, and the one place that turns a typed error into a sentence."""
