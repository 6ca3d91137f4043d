"""Nothing that was entrusted to the site gets lost unnoticed: checksums of all files, backups, and their way back.

manage.py check_files                 each file of each record: is it there, and is it what it was?
manage.py backup /backups             database, files and keys, with a list of all of it
manage.py restore /backups/2026-…     into an empty site; rows and checksums have to be those of the list
"""
