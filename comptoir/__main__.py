"""`python -m comptoir` is `comptoir`."""

import sys

from comptoir.cli.main import main

sys.exit(main())
