"""Step 3 of the assistant: what a person chooses for a run (B12–B16)."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Options:
    """Sales rep and territory with method 1 only (B12, B13), level with 2 and 3 only (B14)."""

    sales_rep_id: int | None = None
    territory_id: int | None = None
    level_id: int | None = None
    mail_owner: bool = True
    mail_assistant: bool = True
    mail_sales_rep: bool = True
    print_report: bool = False
