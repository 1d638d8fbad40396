"""Needs and offers: asked, sorted, matched, handed over, confirmed."""
