#!/usr/bin/python3
"""weasyprint_receipt.py SECONDS FONTS: a receipt of four quarters on A4 with Noto Sans embedded, in a warm process. Prints "COUNT SECONDS"."""
import pathlib
import sys
import time

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

fonts = pathlib.Path(sys.argv[2])
config = FontConfiguration()
style = CSS(
    string=f"""
    @font-face {{ font-family: Paper; src: url({(fonts / "NotoSans-Regular.ttf").as_uri()}) }}
    @font-face {{ font-family: Paper; font-weight: bold; src: url({(fonts / "NotoSans-Bold.ttf").as_uri()}) }}
    @page {{ size: A4; margin: 12mm }}
    body {{ font: 10pt Paper; margin: 0 }}
    div {{ position: absolute; width: 88mm; height: 130mm }}
    .right {{ left: 98mm }} .low {{ top: 142mm }}
    h1 {{ font-size: 12pt }} h2 {{ font-size: 11pt }} .shop {{ font-size: 18pt; font-weight: bold }} .total {{ font-size: 36pt; font-weight: bold }}
    table {{ width: 100%; border-collapse: collapse }} td + td {{ text-align: right }} .sum td {{ border-top: 0.75pt solid; font-weight: bold }}
    """,
    font_config=config,
)


def rows(*pairs):
    return "<table>" + "".join(f"<tr><td>{name}</td><td>{value}</td></tr>" for name, value in pairs) + "</table>"


def receipt(number):
    front = rows(("Client", f"Zoë Größenwahn-Ørsted {number}"), ("Racket", "Wilson Blade 98"), ("Strung", "21 Apr 2026"))
    mains = rows(("Mains", "Babolat RPM Blast"), ("Gauge", "1.25"), ("Tension", "24 kg"))
    crosses = rows(("Crosses", "Luxilon Alu Power"), ("Gauge", "1.30"), ("Tension", "23 kg"), ("Colour", "silver"), ("Dynamic tension", "36.5"))
    racket = rows(("Head size", "98 sq in"), ("Pattern", "16x19"), ("Serial", "PA98_2023_45"))
    prices = rows(("Labour", "CHF 25.00"), ("Mains", "CHF 18.50"), ("Crosses", "CHF 12.00"))
    days = rows(("Ordered", "20 Apr 2026"), ("Strung", "21 Apr 2026"))
    html = f"""<html lang="en"><title>Receipt 2026-{number:04}</title>
    <div><p class="shop">Court Side Strings</p><p>Total</p><p class="total">CHF 55.50</p><h1>Receipt no. 2026-{number:04}</h1>{front}</div>
    <div class="right"><h2>Strings</h2>{mains}{crosses}<h2>Racket</h2>{racket}</div>
    <div class="low"><h2>Prices</h2>{prices}<table class="sum"><tr><td>Total</td><td>CHF 55.50</td></tr></table>{days}</div>
    <div class="right low"><h2>Comment</h2><p>Grommets worn at 3 o'clock: replace them next time. The grip is loose at its end.</p>
    <h2>Stringer</h2><p>Seestrasse 12<br>8002 Zürich<br>+41 44 000 00 00<br>ann@strings.example<br>strings.example</p><p>Not VAT-registered</p></div></html>"""
    return HTML(string=html).write_pdf(stylesheets=[style], font_config=config)


for warm in range(3):
    receipt(warm)
seconds, count, start = float(sys.argv[1]), 0, time.monotonic()
while time.monotonic() - start < seconds:
    receipt(count)
    count += 1
print(count, time.monotonic() - start)
