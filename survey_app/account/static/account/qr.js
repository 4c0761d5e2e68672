// One QR code and no other: 52 letters and figures as version 3, level M (ISO/IEC 18004), mask 0. The code is drawn here
// because what it says must never reach a server.
const SIZE = 29, DATA = 44, CHECKS = 26;
const LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
const FORMAT = "101010000010010"; // level M, mask 0, with its own check bits

const binary = (value, length) => (value + 2 ** length).toString(2).slice(1);

function dataBytes(text) {
  let bits = `0010${binary(text.length, 9)}`;
  for (let at = 0; at < text.length; at += 2) {
    const [first, second] = [LETTERS.indexOf(text[at]), LETTERS.indexOf(text[at + 1])];
    bits += binary(first * 45 + second, 11);
  }
  bits = `${bits}0000`.padEnd(Math.ceil((bits.length + 4) / 8) * 8, "0");
  const bytes = bits.match(/.{8}/g).map((eight) => parseInt(eight, 2));
  for (let pad = 236; bytes.length < DATA; pad = 253 - pad) bytes.push(pad);
  return bytes;
}

// Multiplication in the field of 256 elements, modulo x^8 + x^4 + x^3 + x^2 + 1.
function times(a, b) {
  let product = 0;
  for (let left = a, right = b; right; right >>= 1, left = (left << 1) ^ (left & 128 ? 285 : 0)) if (right & 1) product ^= left;
  return product;
}

function checkBytes(data) {
  let divisor = [1];
  for (let i = 0, root = 1; i < CHECKS; i++, root = times(root, 2)) {
    const next = divisor.concat(0);
    divisor.forEach((factor, at) => { next[at + 1] ^= times(factor, root); });
    divisor = next;
  }
  const rest = data.concat(Array(CHECKS).fill(0));
  for (let i = 0; i < data.length; i++) {
    const lead = rest[i];
    divisor.forEach((factor, at) => { rest[i + at] ^= times(factor, lead); });
  }
  return rest.slice(data.length);
}

function fixedParts() {
  const cells = Array.from({ length: SIZE }, () => Array(SIZE).fill(null));
  const square = (row, column, size, dark) => {
    for (let y = row; y < row + size; y++) {
      for (let x = column; x < column + size; x++) if (cells[y] && x in cells[y]) cells[y][x] = dark;
    }
  };
  [[0, 0], [0, SIZE - 7], [SIZE - 7, 0]].forEach(([row, column]) => {
    square(row - 1, column - 1, 9, 0);
    square(row, column, 7, 1);
    square(row + 1, column + 1, 5, 0);
    square(row + 2, column + 2, 3, 1);
  });
  [[20, 5, 1], [21, 3, 0], [22, 1, 1]].forEach(([from, size, dark]) => square(from, from, size, dark));
  for (let i = 8; i < SIZE - 8; i++) cells[6][i] = cells[i][6] = (i + 1) % 2;
  Array.from(FORMAT, Number).forEach((bit, i) => {
    if (i < 8) cells[8][i < 6 ? i : i + 1] = bit; else cells[i < 9 ? 7 : 14 - i][8] = bit;
    if (i < 7) cells[SIZE - 1 - i][8] = bit; else cells[8][SIZE - 15 + i] = bit;
  });
  cells[SIZE - 8][8] = 1;
  return cells;
}

// Rows of 0 and 1, without the quiet edge.
export function qrCode(text) {
  const cells = fixedParts();
  const data = dataBytes(text);
  const bits = data.concat(checkBytes(data)).map((byte) => binary(byte, 8)).join("");
  let at = 0;
  for (let right = SIZE - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < SIZE; step++) {
      const row = (right + 1) & 2 ? step : SIZE - 1 - step;
      for (let column = right; column > right - 2; column--) {
        if (cells[row][column] === null) cells[row][column] = Number(bits[at++] || 0) ^ ((row + column) % 2 ? 0 : 1);
      }
    }
  }
  return cells;
}

export function drawQr(svg, text) {
  const edge = 4;
  const path = qrCode(text).map((row, y) => row.map((dark, x) => (dark ? `M${x + edge} ${y + edge}h1v1h-1z` : "")).join("")).join("");
  svg.setAttribute("viewBox", `0 0 ${SIZE + 2 * edge} ${SIZE + 2 * edge}`);
  svg.querySelector("path").setAttribute("d", path);
}
