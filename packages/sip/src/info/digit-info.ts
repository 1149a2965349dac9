/** Media types of keypad digits in INFO; neither has an RFC, both are what gateways and PBXs speak. */
export const DTMF_RELAY = 'application/dtmf-relay';
export const DTMF = 'application/dtmf';

/** A pressed key. */
export interface InfoDigit {
  /** 0 to 9, *, #, A to D. */
  readonly digit: string;
  readonly durationMs: number;
}

/** What phones write when they measure nothing; also for bodies without a duration. */
export const USUAL_DIGIT_MS = 160;

/** RFC 4733 2.3.5 gives keys up to 8 s; more is a typing error in a body. */
const LONGEST_DIGIT_MS = 8000;

const digits: ReadonlySet<string> = new Set('0123456789*#ABCD');

/** Some gateways write event numbers of RFC 4733 3.2 instead of keys. */
const eventNumbers: ReadonlyMap<string, string> = new Map([
  ['10', '*'],
  ['11', '#'],
  ['12', 'A'],
  ['13', 'B'],
  ['14', 'C'],
  ['15', 'D'],
]);

export function isDigit(text: string): boolean {
  return digits.has(text);
}

/**
 * Reads `Signal=5`, `Duration=160` on lines of their own, or just the key. Undefined for anything else, such as a hook
 * flash.
 */
export function readDigitInfo(body: Buffer): InfoDigit | undefined {
  let signal: string | undefined;
  let durationMs = USUAL_DIGIT_MS;
  // Two short lines; whatever else a peer adds is not looked at.
  for (const line of body.toString('latin1', 0, 256).split('\n')) {
    const text = line.trim();
    if (text === '') continue;
    const equals = text.indexOf('=');
    const name = text.slice(0, Math.max(equals, 0)).trimEnd().toLowerCase();
    const value = text.slice(equals + 1).trim();
    if (name === '' || name === 'signal') signal ??= value.toUpperCase();
    else if (name === 'duration') durationMs = durationOf(value);
  }
  if (signal === undefined) return undefined;
  const digit = eventNumbers.get(signal) ?? signal;
  return isDigit(digit) ? { digit, durationMs } : undefined;
}

function durationOf(text: string): number {
  const durationMs = Number.parseInt(text, 10);
  return durationMs > 0 ? Math.min(durationMs, LONGEST_DIGIT_MS) : USUAL_DIGIT_MS;
}

export function writeDigitInfo(type: typeof DTMF_RELAY | typeof DTMF, { digit, durationMs }: InfoDigit): string {
  return type === DTMF ? digit : `Signal=${digit}\r\nDuration=${durationMs}\r\n`;
}
