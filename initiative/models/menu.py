"""What the header and the footer link to."""

from django.db import models
from django.db.models import CASCADE
from django.utils.translation import gettext_lazy as _


def move_to_translation(collector, field, items, using):
    """`on_delete`: an item whose page is deleted goes on with a translation that is published and has a text of its own.

    Without one, or where the menu has that page already, the item is deleted too.
    """
    lost = []
    for item in items:
        if page := item.translation():
            collector.add_field_update(field, page.pk, [item])
        else:
            lost.append(item)
    if lost:
        CASCADE(collector, field, lost, using)


class MenuItem(models.Model):
    """A page in a menu, in every language: the page is chosen once and its translation is linked."""

    class Menu(models.TextChoices):
        HEADER = "header", _("Header")
        EXPLORE = "explore", _("Footer: explore")
        TAKE_PART = "take_part", _("Footer: take part")
        ABOUT = "about", _("Footer: about")
        LEGAL = "legal", _("Footer: last line")

    menu = models.CharField(_("menu"), max_length=12, choices=Menu)
    page = models.ForeignKey(
        "wagtailcore.Page", verbose_name=_("page"), on_delete=move_to_translation, related_name="+"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        verbose_name = _("menu item")
        verbose_name_plural = _("menus")
        ordering = ["menu", "order", "pk"]
        constraints = [models.UniqueConstraint(fields=["menu", "page"], name="menu_item_once")]

    def __str__(self):
        return f"{self.get_menu_display()}: {self.page.title}"

    def translation(self):
        """The page in another language that can stand in for it: live, not borrowed, not in this menu; else None."""
        others = (
            type(self.page)
            .objects.live()
            .filter(translation_key=self.page.translation_key, alias_of__isnull=True, borrowed_text__isnull=True)
        )
        taken = MenuItem.objects.filter(menu=self.menu).values("page")
        return others.exclude(pk=self.page_id).exclude(pk__in=taken).order_by("path").first()
