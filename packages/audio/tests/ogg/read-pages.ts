/** Reads Ogg pages (RFC 3533) and checks their checksums, independently of how they were written. */
export interface ReadPage {
  readonly flags: number;
  readonly granule: number;
  readonly sequence: number;
  readonly packets: readonly Buffer[];
}

export function readPages(file: Buffer): ReadPage[] {
  const pages: ReadPage[] = [];
  for (let at = 0; at < file.length; ) {
    if (file.toString('latin1', at, at + 4) !== 'OggS') throw new Error(`no page at ${at}`);
    const segments = file.subarray(at + 27, at + 27 + file.readUInt8(at + 26));
    const bodyAt = at + 27 + segments.length;
    const end = bodyAt + segments.reduce((sum, length) => sum + length, 0);
    const page = Buffer.from(file.subarray(at, end));
    page.writeUInt32LE(0, 22);
    if (bitwiseChecksum(page) !== file.readUInt32LE(at + 22)) throw new Error(`the page at ${at} has a false checksum`);
    const packets: Buffer[] = [];
    let from = bodyAt;
    let to = bodyAt;
    for (const length of segments) {
      to += length;
      if (length === 255) continue;
      packets.push(file.subarray(from, to));
      from = to;
    }
    const granule = Number(file.readBigUInt64LE(at + 6));
    pages.push({ flags: file.readUInt8(at + 5), granule, sequence: file.readUInt32LE(at + 18), packets });
    at = end;
  }
  return pages;
}

function bitwiseChecksum(bytes: Uint8Array): number {
  let sum = 0;
  for (const byte of bytes) {
    sum ^= byte << 24;
    for (let bit = 0; bit < 8; bit++) sum = sum < 0 ? (sum << 1) ^ 0x04c11db7 : sum << 1;
  }
  return sum >>> 0;
}
