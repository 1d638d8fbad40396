"""The design system: base templates, components, tags, tokens, icons, fonts. It knows no pillar and no model."""
