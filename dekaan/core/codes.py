"""Codes to scan, drawn on the server: a square that a telephone's camera reads as an address."""

import base64
import io

import qrcode
from qrcode.image.svg import SvgPathImage


def code_to_scan(address: str) -> str:
    """The address as a square code, as the source of an image; black on white, with the margin that cameras need."""
    drawn = qrcode.make(address, image_factory=SvgPathImage, error_correction=qrcode.ERROR_CORRECT_M)
    picture = io.BytesIO()
    drawn.save(picture)
    return f"data:image/svg+xml;base64,{base64.b64encode(picture.getvalue()).decode()}"
