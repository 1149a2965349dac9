import { describe, expect, it } from 'vitest';
import { DTMF, DTMF_RELAY, readDigitInfo, writeDigitInfo } from '../../src/info/digit-info.ts';

describe('a key in INFO', () => {
  it.each([
    ['Signal=5\r\nDuration=160\r\n', { digit: '5', durationMs: 160 }],
    ['Signal= *\r\nDuration= 250\r\n', { digit: '*', durationMs: 250 }],
    ['signal=#\nduration=100', { digit: '#', durationMs: 100 }],
    ['Duration=90\r\nSignal=d\r\n', { digit: 'D', durationMs: 90 }],
    ['Signal=11\r\n', { digit: '#', durationMs: 160 }],
    ['Signal=3\r\nDuration=never\r\n', { digit: '3', durationMs: 160 }],
    ['Signal=3\r\nDuration=999999\r\n', { digit: '3', durationMs: 8000 }],
    ['7', { digit: '7', durationMs: 160 }],
    ['10\r\n', { digit: '*', durationMs: 160 }],
  ])('%j is %j', (body, expected) => {
    expect(readDigitInfo(Buffer.from(body))).toEqual(expected);
  });

  it.each(['', 'Signal=\r\n', 'Signal=hf\r\nDuration=250\r\n', 'Signal=16', 'Duration=100\r\n', 'Signal=55'])(
    '%j is none',
    (body) => {
      expect(readDigitInfo(Buffer.from(body))).toBeUndefined();
    },
  );

  it('is written as it is read', () => {
    for (const type of [DTMF_RELAY, DTMF] as const) {
      const key = { digit: '#', durationMs: 160 };
      expect(readDigitInfo(Buffer.from(writeDigitInfo(type, key)))).toEqual(key);
    }
  });
});
