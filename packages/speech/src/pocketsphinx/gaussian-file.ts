/** The acoustic model's `means` and `variances`: binary files of the Sphinx-3 trainer (s3 format, little endian). */

export interface Gaussians {
  /** Codebooks x feature streams x densities, in this order, each `length` values. */
  readonly codebooks: number;
  readonly streams: number;
  readonly densities: number;
  readonly length: number;
  readonly values: Float32Array;
}

const HEADER_END = 'endhdr\n';
/** Written first behind the header so that a reader knows the byte order. */
const BYTE_ORDER_MARK = 0x11223344;

/** Throws RangeError or Error when the bytes are no such file. */
export function readGaussians(file: Uint8Array): Gaussians {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength);
  let at = bytes.indexOf(HEADER_END) + HEADER_END.length;
  const next = () => {
    const value = bytes.readInt32LE(at);
    at += 4;
    return value;
  };
  if (next() !== BYTE_ORDER_MARK) throw new Error('The acoustic model is not in little-endian s3 format.');
  const [codebooks, streams, densities] = [next(), next(), next()];
  const lengths = Array.from({ length: streams }, next);
  const length = lengths[0] ?? 0;
  if (lengths.some((other) => other !== length))
    throw new Error('The acoustic model has streams of different lengths.');
  const values = new Float32Array(next());
  for (let index = 0; index < values.length; index++) values[index] = bytes.readFloatLE(at + 4 * index);
  return { codebooks, streams, densities, length, values };
}

/** Without the optional checksum. */
export function writeGaussians({ codebooks, streams, densities, length, values }: Gaussians): Uint8Array {
  const header = Buffer.from(`s3\nversion 1.0\n${HEADER_END}`);
  const numbers = [BYTE_ORDER_MARK, codebooks, streams, densities, ...Array(streams).fill(length), values.length];
  const bytes = Buffer.alloc(header.length + 4 * (numbers.length + values.length));
  header.copy(bytes);
  let at = header.length;
  for (const value of numbers) at = bytes.writeInt32LE(value, at);
  for (const value of values) at = bytes.writeFloatLE(value, at);
  return bytes;
}
