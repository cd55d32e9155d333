/** Pixels of a PNG: Node cannot decode pictures, the browser can. */

const draw = async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  const pen = canvas.getContext("2d");
  pen.drawImage(picture, 0, 0);
  const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
  let dark = 0;
  let rest = "";
  for (let at = 0; at < data.length; at += 4) {
    const isDark = data[at] + data[at + 1] + data[at + 2] < 300;
    dark += isDark;
    rest += isDark ? "1" : "0";
  }
  return { width: canvas.width, height: canvas.height, dark, bits: rest };
};

/** The picture in black and white: {width, height, dark: share of black, bits: "0110…"}. */
export async function blackAndWhite(context, png) {
  const page = await context.newPage();
  try {
    const found = await page.evaluate(draw, `data:image/png;base64,${png.toString("base64")}`);
    return { ...found, dark: found.dark / (found.width * found.height) };
  } finally {
    await page.close();
  }
}

/** The same as the bytes of red, green, blue and opacity that decoders ask for. */
export function bytesOf({ bits }) {
  return Uint8ClampedArray.from({ length: bits.length * 4 }, (_, at) => (
    at % 4 === 3 || bits[at >> 2] === "0" ? 255 : 0
  ));
}
