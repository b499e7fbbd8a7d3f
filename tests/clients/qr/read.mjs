// Reads a QR code for the specs: rows of 0 and 1 joined by commas as the argument, its text on standard output.
import jsQR from "jsqr";

const [scale, quiet] = [4, 4];
const rows = process.argv[2].split(",");
const width = (rows.length + 2 * quiet) * scale;
const pixels = new Uint8ClampedArray(width * width * 4).fill(255);
for (let y = 0; y < width; y++)
  for (let x = 0; x < width; x++)
    if (rows[Math.floor(y / scale) - quiet]?.[Math.floor(x / scale) - quiet] === "1") pixels.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
const found = jsQR.default ? jsQR.default(pixels, width, width) : jsQR(pixels, width, width);
process.stdout.write(Buffer.from(found?.binaryData ?? []));
