// SIMD building blocks and the three curves of the network.

/** One float at `at`, in all four lanes. */
@inline
export function spread(at: usize): v128 {
  return v128.load32_splat(at);
}

@inline
export function multiplyAdd(sum: v128, a: v128, b: v128): v128 {
  return f32x4.add(sum, f32x4.mul(a, b));
}

@inline
export function relu(x: v128): v128 {
  return f32x4.max(x, f32x4.splat(0));
}

/**
 * Four outputs (lanes) at four times (arguments) -> four rows of four times, `rowBytes` apart.
 */
@inline
export function storeTransposed(t0: v128, t1: v128, t2: v128, t3: v128, to: usize, rowBytes: usize): void {
  const low01 = v128.shuffle<f32>(t0, t1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(t2, t3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(t0, t1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(t2, t3, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(to + rowBytes, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(to + 2 * rowBytes, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(to + 3 * rowBytes, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/**
 * e to the x as 2 to the (x / ln 2): the whole part goes into the exponent bits, the rest into the polynomial of
 * degree 5 that is nearest to 2^f on [0, 1) (relative error 2e-7, the last bit of a float).
 */
function exponential(x: f32): f32 {
  const LOG2_E: f32 = 1.442695;
  let power: f32 = x * LOG2_E;
  // Outside of this the result is no normal float; the sigmoid is 0 or 1 long before.
  if (power < -126) return 0;
  if (power > 126) power = 126;
  const whole = floor<f32>(power);
  const f = power - whole;
  let sum: f32 = 0.0018775767;
  sum = sum * f + <f32>0.0089893397;
  sum = sum * f + <f32>0.055826318;
  sum = sum * f + <f32>0.24015361;
  sum = sum * f + <f32>0.69315308;
  sum = sum * f + <f32>0.99999994;
  return reinterpret<f32>((<i32>whole + 127) << 23) * sum;
}

export function sigmoid(x: f32): f32 {
  return <f32>1 / (<f32>1 + exponential(-x));
}

export function tanh(x: f32): f32 {
  return <f32>2 * sigmoid(<f32>2 * x) - <f32>1;
}
