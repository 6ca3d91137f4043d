"""What a stored file was when it was first looked at."""

from django.db import models


class KnownFile(models.Model):
    """A file of a storage (`default`, `private`) by its name there. A name never stands for another content: storages give each
    upload a name of its own."""

    storage = models.CharField(max_length=20)
    name = models.CharField(max_length=500)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    first_seen = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["storage", "name"], name="keeping_known_file")]

    def __str__(self):
        return f"{self.storage}: {self.name}"


class Duty(models.Model):
    """Something done again and again, by the worker or by night: when last, and how often in a row it failed since `done`."""

    name = models.CharField(max_length=60, unique=True)
    tried = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)

    def __str__(self):
        return self.name
