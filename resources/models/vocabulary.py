"""What the two lists of the library (types, topics) share: a tree of labels with a slug in each language."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modeltranslation.utils import build_localized_fieldname

from initiative.base import languages
from initiative.base.records import TranslatedText


class VocabularyQuerySet(models.QuerySet):
    def as_tree(self) -> list:
        """All terms, each parent before its children, with `.depth` (0 at the root). One query."""
        children: dict[int | None, list] = {}
        for term in self.order_by("order", "pk"):
            children.setdefault(term.parent_id, []).append(term)
        tree = []

        def walk(parent, depth):
            for term in children.get(parent, ()):
                term.depth = depth
                tree.append(term)
                walk(term.pk, depth + 1)

        walk(None, 0)
        return tree


class VocabularyTerm(TranslatedText):
    """One label of a tree, kept by editors. Its `key` never changes; its name and slug are translated."""

    main_text = "name"
    max_depth = 3

    key = models.SlugField(_("key"), unique=True, help_text=_("A short name that never changes."))
    parent = models.ForeignKey(
        "self", verbose_name=_("part of"), null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    name = models.CharField(_("name"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=120, help_text=_("How it is written in addresses, in this language."))

    objects = VocabularyQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "pk"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        self._refuse_taken_slugs()
        seen, above = {self.pk}, self.parent
        while above is not None:
            if above.pk in seen or len(seen) >= self.max_depth:
                raise ValidationError(
                    {
                        "parent": _("The list may be %(depth)s levels deep, and never circular.")
                        % {"depth": self.max_depth}
                    }
                )
            seen.add(above.pk)
            above = above.parent

    def _refuse_taken_slugs(self) -> None:
        """Raise ValidationError where another term is written the same in the addresses of a language."""
        columns = {build_localized_fieldname("slug", code): self.text_in("slug", code) for code in languages.codes()}
        written = {column: slug for column, slug in columns.items() if slug}
        same = models.Q()
        for column, slug in written.items():
            same |= models.Q(**{column: slug}) | models.Q(key=slug)
        others = type(self).objects.exclude(pk=self.pk).filter(same) if written else []
        errors = {
            column: _("“%(slug)s” is how “%(name)s” is written. Choose another.") % {"slug": slug, "name": other}
            for other in others
            for column, slug in written.items()
            if slug in (getattr(other, column), other.key)
        }
        if errors:
            raise ValidationError(errors)
