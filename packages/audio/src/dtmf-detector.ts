/** Keypad tones in the sound itself (ITU-T Q.23, Q.24), for lines that send neither RFC 4733 events nor INFO. */

/** Low group by row, high group by column (Q.23). */
const ROWS_HZ = [697, 770, 852, 941] as const;
const COLUMNS_HZ = [1209, 1336, 1477, 1633] as const;
const KEYS = ['123A', '456B', '789C', '*0#D'] as const;

const RATE_HZ = 8000;

/**
 * 12.75 ms: three whole blocks lie within the shortest tone and the shortest pause of 40 ms (Q.24), and the groups' tones are
 * still told apart.
 */
const BLOCK_SAMPLES = 102;

/** A key counts after this many blocks in a row, and is over after as many without it: a cut of one block is no pause. */
const BLOCKS_TO_START = 2;
const BLOCKS_TO_END = 2;

/** Q.24: sensitive down to -25 dBm; quieter is crosstalk. Mean square of both tones together, as 16-bit samples. */
const LEAST_POWER = 160 ** 2;

/** Q.24: the high group may be 4 dB stronger and 8 dB weaker than the low group; a short block measures it to 2 dB. */
const HIGH_STRONGER = 10 ** 0.6;
const HIGH_WEAKER = 10 ** -1;

/** Within its group the tone stands out by 8 dB; voices have power between the tones. */
const STANDS_OUT = 10 ** 0.8;

/**
 * Share of the block's power that the two tones have. A voice spreads its power over many harmonics; line noise of 15 dB below
 * takes a thirtieth.
 */
const LEAST_SHARE = 0.7;

/**
 * The high tone's second harmonic is far down; that of a voiced vowel is not (Q.24 leaves guarding against speech to the
 * receiver). The low tones' harmonics lie beside the high tones and tell nothing.
 */
const HARMONIC_BELOW = 10 ** -1;

class Tone {
  readonly #coefficient: number;
  #previous = 0;
  #beforePrevious = 0;

  constructor(frequencyHz: number) {
    this.#coefficient = 2 * Math.cos((2 * Math.PI * frequencyHz) / RATE_HZ);
  }

  hear(sample: number): void {
    const state = sample + this.#coefficient * this.#previous - this.#beforePrevious;
    this.#beforePrevious = this.#previous;
    this.#previous = state;
  }

  /** Mean square of the tone in the block, and begins the next one. */
  take(): number {
    const [one, other] = [this.#previous, this.#beforePrevious];
    this.#previous = 0;
    this.#beforePrevious = 0;
    // |X| of a sine of amplitude A over N samples is A N / 2.
    return (2 * (one * one + other * other - this.#coefficient * one * other)) / BLOCK_SAMPLES ** 2;
  }
}

/** Listens to one direction of one call at 8 kHz. */
export class DtmfDetector {
  readonly #pressed: (digit: string, durationMs: number) => void;
  readonly #rows = ROWS_HZ.map((hz) => new Tone(hz));
  readonly #columns = COLUMNS_HZ.map((hz) => new Tone(hz));
  readonly #columnHarmonics = COLUMNS_HZ.map((hz) => new Tone(2 * hz));
  readonly #tones = [...this.#rows, ...this.#columns, ...this.#columnHarmonics];
  #energy = 0;
  #samples = 0;
  /** The key of the last block, and for how many blocks in a row. */
  #candidate = '';
  #candidateBlocks = 0;
  #digit = '';
  #missedBlocks = 0;
  #digitBlocks = 0;

  /** @param pressed is told each key (0-9 * # A-D) once, when it is released. */
  constructor(pressed: (digit: string, durationMs: number) => void) {
    this.#pressed = pressed;
  }

  /** True while a key sounds: what is heard is no speech. */
  get sounding(): boolean {
    return this.#digit !== '';
  }

  /** @param samples `samples[from, to)` at 8 kHz. */
  hear(samples: Int16Array, from: number, to: number): void {
    for (let i = from; i < to; i++) {
      const sample = samples[i] ?? 0;
      this.#energy += sample * sample;
      for (const tone of this.#tones) tone.hear(sample);
      if (++this.#samples === BLOCK_SAMPLES) this.#endBlock();
    }
  }

  #endBlock(): void {
    const heard = this.#keyInBlock(this.#energy / BLOCK_SAMPLES);
    this.#energy = 0;
    this.#samples = 0;
    if (this.#digit === '') this.#await(heard);
    else this.#follow(heard);
  }

  #await(heard: string): void {
    this.#candidateBlocks = heard === this.#candidate ? this.#candidateBlocks + 1 : 1;
    this.#candidate = heard;
    if (heard === '' || this.#candidateBlocks < BLOCKS_TO_START) return;
    this.#digit = heard;
    this.#digitBlocks = this.#candidateBlocks;
    this.#missedBlocks = 0;
  }

  #follow(heard: string): void {
    if (heard === this.#digit) {
      // What interrupted it was shorter than a pause.
      this.#digitBlocks += 1 + this.#missedBlocks;
      this.#missedBlocks = 0;
      return;
    }
    this.#missedBlocks += 1;
    if (this.#missedBlocks < BLOCKS_TO_END) return;
    const digit = this.#digit;
    this.#digit = '';
    this.#candidate = '';
    this.#candidateBlocks = 0;
    this.#await(heard);
    this.#pressed(digit, Math.round((this.#digitBlocks * BLOCK_SAMPLES * 1000) / RATE_HZ));
  }

  /** The key whose two tones make up this block, or an empty string. */
  #keyInBlock(power: number): string {
    const row = strongest(this.#rows);
    const column = strongest(this.#columns);
    const harmonic = this.#columnHarmonics.map((tone) => tone.take())[column.index] ?? 0;
    const both = row.power + column.power;
    const isKey =
      both >= LEAST_POWER &&
      both >= LEAST_SHARE * power &&
      row.power >= STANDS_OUT * row.next &&
      column.power >= STANDS_OUT * column.next &&
      column.power <= HIGH_STRONGER * row.power &&
      column.power >= HIGH_WEAKER * row.power &&
      harmonic <= HARMONIC_BELOW * column.power;
    return isKey ? (KEYS[row.index]?.[column.index] ?? '') : '';
  }
}

/** The strongest tone of a group, and the power of the next one. */
function strongest(tones: readonly Tone[]): { index: number; power: number; next: number } {
  const best = { index: 0, power: 0, next: 0 };
  tones.forEach((tone, index) => {
    const power = tone.take();
    if (power > best.power) {
      best.next = best.power;
      best.power = power;
      best.index = index;
    } else if (power > best.next) best.next = power;
  });
  return best;
}
