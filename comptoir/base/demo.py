"""What the demonstration tells everybody: nothing here is a secret, and nothing here exists outside it."""

PASSWORD = "vive-le-comptoir"  # noqa: S105  # of every sample account; shown on the demonstration's first page
