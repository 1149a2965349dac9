import { addressBytes, addressRange, rangeKey } from './ip-address.ts';

/** Values by address range. A look-up takes as many steps as there are different prefix lengths, whatever the size. */
export class AddressTable<Value> {
  readonly #values = new Map<string, Value[]>();
  /** Prefix lengths in use, by the number of bytes of an address. */
  readonly #lengths = new Map<number, Set<number>>();

  /** @returns false when the text is no address or range, and nothing was added. */
  add(range: string, value: Value): boolean {
    const read = addressRange(range);
    if (!read) return false;
    const { bytes, bits } = read;
    const key = rangeKey(bytes, bits);
    const there = this.#values.get(key);
    if (there) there.push(value);
    else this.#values.set(key, [value]);
    const lengths = this.#lengths.get(bytes.length) ?? new Set();
    this.#lengths.set(bytes.length, lengths.add(bits));
    return true;
  }

  /** Values of every range the address lies in. */
  find(address: string): Value[] {
    const bytes = addressBytes(address);
    if (!bytes) return [];
    const found: Value[] = [];
    for (const bits of this.#lengths.get(bytes.length) ?? []) {
      const values = this.#values.get(rangeKey(bytes, bits));
      if (values) found.push(...values);
    }
    return found;
  }

  has(address: string): boolean {
    const bytes = addressBytes(address);
    if (!bytes) return false;
    for (const bits of this.#lengths.get(bytes.length) ?? []) {
      if (this.#values.has(rangeKey(bytes, bits))) return true;
    }
    return false;
  }
}
