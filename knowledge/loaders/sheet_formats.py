"""Which numbers of a sheet are shown as percentages or money: calamine gives bare numbers. Pure.

Only whole meanings are kept: 0.2 that reads 20 % is 20 %, 12.5 that reads € 12.50 is €12.50. How thousands
are parted and negative numbers coloured says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.loaders.cells import number_text
from knowledge.loaders.ods_formats import Place, shown_in
from knowledge.loaders.sniffing import ZIP
from knowledge.loaders.xml_parts import attribute, children, descendants, parse_xml
from untrusted.archive import Package, open_package

# Those that need no code of their own in the file (ECMA-376, 18.8.30).
BUILT_IN = {9: "0%", 10: "0.00%"}
CELL = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'])[^>]*?\bs=[\"'](\d{1,5})[\"']"
)
# The symbol of "[$€-40C]", or one that stands in quotes or by itself.
SYMBOL = re.compile(r"\[\$([^\]\-]{1,4})(?:-[^\]]*)?\]|\"?\s?([€$£¥₣])\s?\"?")
QUOTED = re.compile(r"\"[^\"]*\"|\\.|\[[^\]]*\]|_.|\*.")
DECIMALS = re.compile(r"\.(0+)")


@dataclass(frozen=True)
class Look:
    """How a number is shown: as a percentage, with a currency before or after it, or as the file says that it
    reads (`shown`)."""

    decimals: int = 0
    percent: bool = False
    before: str = ""
    after: str = ""
    shown: str = ""

    def text(self, value: float) -> str:
        if self.shown:
            return self.shown
        if self.percent:
            return f"{number_text(round(value * 100, max(self.decimals, 2)))}%"
        amount = f"{value:.{self.decimals}f}" if self.decimals else number_text(value)
        return f"{self.before}{amount}{self.after}"


def looks_of(data: bytes) -> dict[str, dict[Place, Look]]:
    """By the name of a sheet, its cells that are percentages or money. Nothing of files that are neither XLSX
    nor ODS.

    Raises Refusal for parts that are damaged or do harm.
    """
    if not data.startswith(ZIP):
        return {}
    with open_package(data) as package:
        if "content.xml" in package:
            return _shown(package.read("content.xml"))
        if "xl/workbook.xml" not in package or "xl/styles.xml" not in package:
            return {}
        looks = _looks(package.read("xl/styles.xml"))
        if not looks:
            return {}
        return {name: _cells(package.read(part), looks) for name, part in _sheets(package).items()}


def _shown(content: bytes) -> dict[str, dict[Place, Look]]:
    sheets = shown_in(content)
    return {name: {at: Look(shown=text) for at, text in cells.items()} for name, cells in sheets.items()}


def _looks(styles: bytes) -> dict[int, Look]:
    """By the number of a cell's style."""
    root = parse_xml(styles)
    codes = dict(BUILT_IN)
    for one in descendants(root, "numFmt"):
        if attribute(one, "numFmtId").isdecimal():
            codes[int(attribute(one, "numFmtId"))] = attribute(one, "formatCode")
    formats = [child for group in children(root, "cellXfs") for child in children(group, "xf")]
    found = {}
    for number, one in enumerate(formats):
        used = attribute(one, "numFmtId")
        look = look_of(codes.get(int(used), "")) if used.isdecimal() else None
        if look:
            found[number] = look
    return found


def look_of(code: str) -> Look | None:
    """None for a format that shows neither a percentage nor money."""
    positive = code.split(";")[0]
    bare = QUOTED.sub("", positive)
    decimals = DECIMALS.search(bare)
    places = len(decimals[1]) if decimals else 0
    if "%" in bare:
        return Look(places, percent=True)
    symbol = SYMBOL.search(positive)
    digit = min((at for at in map(positive.find, "0#?") if at >= 0), default=-1)
    if symbol is None or digit < 0:
        return None
    sign = (symbol[1] or symbol[2]).strip()
    return Look(places, before=sign) if symbol.start() < digit else Look(places, after=f" {sign}")


def _sheets(package: Package) -> dict[str, str]:
    """The part that each sheet is in, by the sheet's name."""
    targets = {}
    if "xl/_rels/workbook.xml.rels" in package:
        for one in descendants(parse_xml(package.read("xl/_rels/workbook.xml.rels")), "Relationship"):
            targets[attribute(one, "Id")] = attribute(one, "Target")
    found = {}
    for sheet in descendants(parse_xml(package.read("xl/workbook.xml")), "sheet"):
        target = targets.get(attribute(sheet, "id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in package:
            found[attribute(sheet, "name")] = part
    return found


def _cells(part: bytes, looks: Mapping[int, Look]) -> dict[Place, Look]:
    return {
        (int(row) - 1, _column(letters) - 1): looks[int(style)]
        for letters, row, style in CELL.findall(part)
        if int(style) in looks
    }


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
