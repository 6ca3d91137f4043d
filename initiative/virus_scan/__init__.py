"""Files looked at by ClamAV before they are kept, where `CLAMD_ADDRESS` says where its daemon listens. Off by default.

    if problem := find_virus(content): …

Where the daemon can't be asked, nothing is taken: who sends a file is told so, and to come again.
"""
