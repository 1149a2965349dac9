import { makeSelfSignedCertificate, type SelfSignedCertificate } from '../../src/index.ts';

const DAY_MS = 86_400_000;

/** A certificate of the local host under all its names, or under others. */
export function certificateFor(
  names: readonly [string, ...string[]] = ['localhost', '127.0.0.1', '::1'],
  validFromMs = Date.now() - DAY_MS,
  validDays = 30,
): SelfSignedCertificate {
  return makeSelfSignedCertificate({ names, validFromMs, validDays });
}
