"""What comes in from programs and goes out to them: every field by name, so that a new one never slips out."""

from __future__ import annotations
