"""Django's own formats, made neutral: Latin digits with a point, so that `|n` alone decides how a number looks."""
