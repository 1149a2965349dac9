import { isToken, splitOutsideQuotes } from './grammar.ts';

/** RFC 3261 7.3.3 and the IANA registry of compact forms. */
const compactForms: Readonly<Record<string, string>> = {
  a: 'accept-contact',
  b: 'referred-by',
  c: 'content-type',
  d: 'request-disposition',
  e: 'content-encoding',
  f: 'from',
  i: 'call-id',
  j: 'reject-contact',
  k: 'supported',
  l: 'content-length',
  m: 'contact',
  n: 'identity-info',
  o: 'event',
  r: 'refer-to',
  s: 'subject',
  t: 'to',
  u: 'allow-events',
  v: 'via',
  x: 'session-expires',
  y: 'identity',
};

interface HeaderLine {
  readonly key: string;
  readonly name: string;
  readonly value: string;
}

/** The headers nearly every message has, as nearly everybody writes them: found without making a text for each. */
const usualKeys: ReadonlyMap<string, string> = new Map(
  [
    ...['Via', 'From', 'To', 'Call-ID', 'CSeq', 'Contact', 'Max-Forwards', 'Content-Length', 'Content-Type'],
    ...['Route', 'Record-Route', 'Authorization', 'User-Agent', 'Server', 'Allow', 'Supported', 'Require', 'Accept'],
    ...['Session-Expires', 'Content-Encoding', 'Content-Disposition', 'Replaces', 'Min-SE', 'Timestamp'],
  ].map((name) => [name, name.toLowerCase()]),
);

/** Full lower-case name of a header, whichever form it was written in. */
function headerKey(name: string): string {
  const usual = usualKeys.get(name);
  if (usual !== undefined) return usual;
  const lower = name.toLowerCase();
  return lower.length === 1 ? (compactForms[lower] ?? lower) : lower;
}

function checkHeader(name: string, value: string): void {
  if (!isToken(name)) throw new TypeError(`not a header name: ${JSON.stringify(name)}`);
  if (/[\r\n\0]/.test(value)) throw new TypeError(`line break in header ${name}`);
}

/** One header as it goes out. @throws TypeError when name or value would break out of its line. */
export function headerLine(name: string, value: string): string {
  checkHeader(name, value);
  return `${name}: ${value}\r\n`;
}

/** Header lines in their order. Access ignores case and compact forms; unknown headers are kept as they came. */
export class SipHeaders {
  readonly #lines: HeaderLine[] = [];

  get size(): number {
    return this.#lines.length;
  }

  /** Value of the first header of that name. */
  get(name: string): string | undefined {
    const key = headerKey(name);
    for (const line of this.#lines) if (line.key === key) return line.value;
    return undefined;
  }

  /** One entry per header line. */
  getAll(name: string): string[] {
    const key = headerKey(name);
    const values: string[] = [];
    for (const line of this.#lines) if (line.key === key) values.push(line.value);
    return values;
  }

  /** Whether more than one line has that name. */
  isRepeated(name: string): boolean {
    const key = headerKey(name);
    let isThere = false;
    for (const line of this.#lines) {
      if (line.key !== key) continue;
      if (isThere) return true;
      isThere = true;
    }
    return false;
  }

  /**
   * One entry per comma-separated value, over all lines of that name (RFC 3261 7.3.1).
   * @throws SipParseError when a quotation mark is left open.
   */
  list(name: string): string[] {
    const key = headerKey(name);
    const values: string[] = [];
    for (const line of this.#lines) {
      if (line.key !== key) continue;
      for (const value of splitOutsideQuotes(line.value, ',')) if (value !== '') values.push(value);
    }
    return values;
  }

  /** @throws TypeError when name or value would break out of its line. */
  append(name: string, value: string): this {
    checkHeader(name, value);
    this.#lines.push({ key: headerKey(name), name, value });
    return this;
  }

  /** Adds a line as received; its value may hold any byte but a line end. */
  appendReceived(name: string, value: string): void {
    this.#lines.push({ key: headerKey(name), name, value });
  }

  /** The lines of that name as they go out. */
  writeAll(name: string): string {
    const key = headerKey(name);
    let text = '';
    for (const line of this.#lines) if (line.key === key) text += `${line.name}: ${line.value}\r\n`;
    return text;
  }

  /** Copies every line of that name from another message. */
  copyFrom(source: SipHeaders, name: string): this {
    const key = headerKey(name);
    for (const line of source.#lines) if (line.key === key) this.#lines.push(line);
    return this;
  }

  /** Copies every line of another message. */
  copyAll(source: SipHeaders): this {
    for (const line of source.#lines) this.#lines.push(line);
    return this;
  }

  /** All lines as they go out, each with its line end. */
  write(): string {
    let text = '';
    for (const { name, value } of this.#lines) text += `${name}: ${value}\r\n`;
    return text;
  }

  *[Symbol.iterator](): IterableIterator<readonly [name: string, value: string]> {
    for (const line of this.#lines) yield [line.name, line.value];
  }
}
