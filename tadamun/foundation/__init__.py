"""What every pillar stands on.

From low to high: idempotency, jobs, trail, people, notices, communities, places, catalogue.
"""
