"""The fonts documents are set in: Noto Sans CJK by path, always; the official ones by name where the machine has them."""

from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = "noto-cjk-sans-otc"


class MissingFont(Exception):  # noqa: N818 - plain nouns for errors (house rule)
    """There is no Chinese font to print with; boxes are never printed instead."""


@cache
def chinese_fonts(*, with_system_fonts: bool = False) -> Any:
    """typst's fonts; raises MissingFont with a sentence that names the package to install."""
    import typst

    try:
        import noto_cjk_sans_otc
    except ImportError as error:
        raise MissingFont(
            f"The font package {PACKAGE} is not installed; without it Chinese cannot be printed."
        ) from error
    folder = Path(str(noto_cjk_sans_otc.FONT_PATH)).parent
    fonts = typst.Fonts(include_system_fonts=with_system_fonts, include_embedded_fonts=False, font_paths=[str(folder)])
    if "Noto Sans CJK SC" not in fonts.families():
        raise MissingFont(f"No Chinese font found in {folder}; install the package {PACKAGE} again.")
    return fonts
