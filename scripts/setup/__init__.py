"""Set-up of a fresh machine: Python and Node packages, programs the tests drive.

Runs on the machine's own Python before anything is installed, so it uses the standard
library only.
"""
