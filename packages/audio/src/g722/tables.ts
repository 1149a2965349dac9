/** Constants of ITU-T G.722, named as in the recommendation. */

/** Table 11: half of the 24-tap quadrature mirror filter; the other half is its mirror image. */
export const QMF = Int32Array.of(3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11);

/** Table 16: decision levels of the 60-level quantiser of the lower band. */
export const Q6 = Int32Array.of(
  ...[0, 35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650],
  ...[714, 786, 858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
);

/** Table 16: code words of negative and of positive differences, by interval 1 to 30. */
export const ILN = Uint8Array.from(
  { length: 31 },
  (_, interval) => (interval < 3 ? 64 - interval : 34 - interval) & 63,
);
export const ILP = Uint8Array.from({ length: 31 }, (_, interval) => (62 - interval) & 63);

/** Tables 17 to 19: output levels of the inverse quantisers with 2, 4 and 6 bits. */
export const QM2 = Int32Array.of(-7408, -1616, 7408, 1616);
export const QM4 = Int32Array.of(
  ...[0, -20456, -12896, -8968, -6288, -4240, -2584, -1200],
  ...[20456, 12896, 8968, 6288, 4240, 2584, 1200, 0],
);
export const QM6 = Int32Array.of(
  ...[
    -136, -136, -136, -136, -24808, -21904, -19008, -16704, -14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856,
  ],
  ...[-7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576, -3168, -2776, -2400, -2032, -1688, -1360, -1040, -728],
  ...[24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192, 10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456],
  ...[4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032, 1688, 1360, 1040, 728, 432, 136, -432, -136],
);

/** Table 20: logarithmic scale factor multipliers, by the code word that was sent. */
const WL = [-60, -30, 58, 172, 334, 538, 1198, 3042];
const RL42 = [0, 7, 6, 5, 4, 3, 2, 1, 7, 6, 5, 4, 3, 2, 1, 0];
export const LOWER_SCALE_STEP = Int32Array.from(RL42, (magnitude) => WL[magnitude] ?? 0);
/** Code words 0 and 2 are the large magnitudes of the upper band. */
export const UPPER_SCALE_STEP = Int32Array.of(798, -214, 798, -214);

/** Table 21: the logarithm turned back, 32 steps an octave. */
export const ILB = Int32Array.of(
  ...[2048, 2093, 2139, 2186, 2233, 2282, 2332, 2383, 2435, 2489, 2543, 2599, 2656, 2714, 2774, 2834],
  ...[2896, 2960, 3025, 3091, 3158, 3228, 3298, 3371, 3444, 3520, 3597, 3676, 3756, 3838, 3922, 4008],
);
