/** How long one message of 8 kB can keep the parser busy. */
import { parseMessage } from '@dialplane/sip';
import { percentile } from '../percentile.ts';

const BYTES = 8192;
/** So that the compiler has seen the code before it is timed. */
const WARM_UP = 300;
const TIMED = 500;

const head = [
  'INVITE sip:bench@example.com SIP/2.0',
  'Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bKworst;rport',
  'From: "Bench" <sip:bench@192.0.2.1>;tag=1',
  'To: <sip:bench@example.com>',
  'Call-ID: worst@192.0.2.1',
  'CSeq: 1 INVITE',
  'Max-Forwards: 70',
];

/** What fills a message up to its size: each asks something else of a parser. */
const fillings: Readonly<Record<string, (bytes: number) => string>> = {
  'many short headers': (bytes) => repeated('A: b\r\n', bytes),
  'one long header': (bytes) => `X: ${'x'.repeat(Math.max(0, bytes - 5))}\r\n`,
  'folded lines': (bytes) => `Subject: a\r\n${repeated(' b\r\n', bytes - 12)}`,
  'a Via of many hops': (bytes) =>
    `Via: ${repeated('SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKhop,', bytes - 60)}SIP/2.0/UDP 192.0.2.3\r\n`,
  'many Vias': (bytes) => repeated('Via: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bKhop\r\n', bytes),
  'many routes': (bytes) => repeated('Record-Route: <sip:proxy.example.com;lr>\r\n', bytes),
  'many contacts in one line': (bytes) =>
    `Contact: ${repeated('"A" <sip:a@192.0.2.9>;q=0.1,', bytes - 40)}<sip:b@192.0.2.9>\r\n`,
  'many parameters': (bytes) => `Contact: <sip:a@192.0.2.9>${repeated(';p=1', bytes - 30)}\r\n`,
  'quotes and escapes': (bytes) => `Contact: "${repeated('\\"', bytes - 40)}" <sip:a@192.0.2.9>\r\n`,
  'percent escapes in a URI': (bytes) => `Contact: <sip:${repeated('%41', bytes - 40)}@192.0.2.9>\r\n`,
  'open brackets': (bytes) => `Contact: ${repeated('<', bytes - 12)}\r\n`,
  blanks: (bytes) => `Contact: ${' '.repeat(Math.max(0, bytes - 40))}<sip:a@192.0.2.9>\r\n`,
  'compact forms': (bytes) => repeated('m: <sip:a@192.0.2.9>\r\n', bytes),
};

export interface WorstParse {
  readonly name: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** The slowest filling by its median. */
export function worstParse(): WorstParse {
  const timed = Object.entries(fillings).map(([name, fill]) => ({ name, ...timesOf(messageOf(fill)) }));
  return timed.toSorted((a, b) => b.p50Ms - a.p50Ms)[0] ?? { name: 'none', p50Ms: Number.NaN, p99Ms: Number.NaN };
}

function timesOf(message: Buffer): Pick<WorstParse, 'p50Ms' | 'p99Ms'> {
  for (let i = 0; i < WARM_UP; i++) parse(message);
  const times: number[] = [];
  for (let i = 0; i < TIMED; i++) {
    const from = performance.now();
    parse(message);
    times.push(performance.now() - from);
  }
  return { p50Ms: percentile(times, 0.5), p99Ms: percentile(times, 0.99) };
}

function parse(message: Buffer): void {
  try {
    parseMessage(message);
  } catch {
    // What is refused takes its time too.
  }
}

function messageOf(fill: (bytes: number) => string): Buffer {
  const start = `${head.join('\r\n')}\r\n`;
  const end = 'Content-Length: 0\r\n\r\n';
  return Buffer.from(start + fill(BYTES - start.length - end.length) + end);
}

function repeated(text: string, bytes: number): string {
  return text.repeat(Math.max(0, Math.floor(bytes / text.length)));
}
