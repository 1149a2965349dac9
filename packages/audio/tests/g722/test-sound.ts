/** Four seconds at 16 kHz that reach every corner of the codec: a tone in each band, full-scale noise, and a sweep. */
export function testSound(): Int16Array {
  let state = 1;
  return Int16Array.from({ length: 64_000 }, (_, i) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    const t = i / 16_000;
    if (t < 1) return 8000 * Math.sin(2 * Math.PI * 440 * t);
    if (t < 2) return 8000 * Math.sin(2 * Math.PI * 5000 * t);
    if (t < 3) return 60_000 * (state / 0x7fffffff - 0.5);
    return 12_000 * Math.sin(2 * Math.PI * (200 + 3000 * (t - 3)) * t);
  });
}
