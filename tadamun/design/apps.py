"""Django's registration of the design system."""

from django.apps import AppConfig


class DesignConfig(AppConfig):
    """Templates, tags and static files shared by every page."""

    name = "tadamun.design"
    label = "design"
