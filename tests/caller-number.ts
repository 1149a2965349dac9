import { randomInt } from 'node:crypto';

/** Numbers of North America that are kept for fiction (555-0100 to 555-0199) would run out; these are possible and unassigned. */
let last = 2_000_000 + randomInt(1_000_000);

/** A number no other call of this process uses, so that the call has a session of its own. */
export function newCallerNumber(): string {
  last += 1;
  return `+1415${last}`;
}
