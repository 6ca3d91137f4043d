"""What the header and the footer link to."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MenuItem(models.Model):
    """A page in a menu, in every language: the page is chosen once and its translation is linked."""

    class Menu(models.TextChoices):
        HEADER = "header", _("Header")
        EXPLORE = "explore", _("Footer: explore")
        TAKE_PART = "take_part", _("Footer: take part")
        ABOUT = "about", _("Footer: about")
        LEGAL = "legal", _("Footer: last line")

    menu = models.CharField(_("menu"), max_length=12, choices=Menu)
    page = models.ForeignKey("wagtailcore.Page", verbose_name=_("page"), on_delete=models.CASCADE, related_name="+")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menus")
        ordering = ["menu", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["menu", "page"], name="menu_item_once")]

    def __str__(self):
        return f"{self.get_menu_display()}: {self.page.title}"
