"""`python -m crackinspector`."""

import sys

from crackinspector.cli import main

if __name__ == "__main__":
    sys.exit(main())
