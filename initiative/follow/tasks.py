"""The same as the command, for sites with a task worker."""

from django_tasks import task

from initiative.follow import digests


@task()
def send_digests() -> dict[str, int]:
    """Send every digest that is due; what was done, as the command prints it."""
    return vars(digests.send_digests())
