"""The five pillars of solidarity; each folder below is an app, and all apps are shaped alike."""
