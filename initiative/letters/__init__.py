"""Letters by e-mail that neither get lost nor are sent twice.

    with transaction.atomic():
        …                                                  # what happened
        write("received 17", "ada@example.org", "joining/letters/received.txt", "fr", {"reference": …})

The letter is a row of the same transaction: it is there exactly if what it tells of is. It is handed over right after the
commit, beside the request, and again and again by `manage.py deliver_letters` where that failed. A key is used once: whoever
writes a letter with it again writes nothing.

The first line of a template is the subject, the rest the text.
"""
