"""LibreOffice, which opens a CSV as people do: `;`, quotes, UTF-8, French, quoted fields as text."""

import io
import os
import shutil
import subprocess

import pytest
from python_calamine import CalamineWorkbook

IS_CI = bool(os.environ.get("CI"))  # there, a missing tool is a failure and not a skipped test
needed = pytest.mark.skipif(not (IS_CI or shutil.which("soffice")), reason="LibreOffice is not installed")


def opened(data, folder, separator=";"):
    """The cells of the file, as LibreOffice read them."""
    how = f"CSV:{ord(separator)},34,76,1,,1036,true,true"
    (folder / "liste.csv").write_bytes(data)
    subprocess.run(
        ["soffice", "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "xlsx",
         f"--infilter={how}", "--outdir", str(folder), str(folder / "liste.csv")],
        check=True, timeout=120, capture_output=True,
    )  # fmt: skip
    return cells((folder / "liste.xlsx").read_bytes())


def cells(data):
    """The cells of the first sheet of an XLSX."""
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
