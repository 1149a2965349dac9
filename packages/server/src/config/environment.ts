import { readFileSync } from 'node:fs';
import { type Values, type Variable, variables } from './variables.ts';

export interface EnvironmentFault {
  readonly name: string;
  /** Cause and next step, without the values of secrets. */
  readonly message: string;
}

export type EnvironmentReading =
  | { readonly ok: true; readonly values: Values }
  | { readonly ok: false; readonly faults: readonly EnvironmentFault[] };

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable's text, and the file it was read from if any. Null: not set, and without an initial text. */
type Text =
  | { readonly ok: true; readonly text: string | null; readonly file: string | null }
  | { readonly ok: false; readonly fault: EnvironmentFault };

/** Reads every variable of the table, collecting all faults. */
export function readEnvironment(environment: Environment): EnvironmentReading {
  const values: Record<string, unknown> = {};
  const faults: EnvironmentFault[] = [];
  for (const [name, variable] of Object.entries<Variable>(variables)) {
    const found = textOf(name, variable, environment);
    if (!found.ok) {
      faults.push(found.fault);
      continue;
    }
    if (found.text === null) continue;
    const read = variable.read.safeParse(found.text);
    if (read.success) values[name] = read.data;
    else faults.push(badValue(name, variable, found.text, found.file, read.error.issues[0]?.message ?? 'different'));
  }
  // The loop above ran over the same table that `Values` is derived from.
  return faults.length > 0 ? { ok: false, faults } : { ok: true, values: values as unknown as Values };
}

/** An empty text counts as not set: Docker Compose passes unset variables that way. */
function textOf(name: string, variable: Variable, environment: Environment): Text {
  const direct = environment[name] || null;
  const file = (variable.secret && environment[`${name}_FILE`]) || null;
  if (!file) return { ok: true, text: direct ?? variable.initial, file: null };
  if (direct) {
    return { ok: false, fault: { name, message: `${name} and ${name}_FILE are both set. Keep one of them.` } };
  }
  try {
    // Files of secrets usually end with a line break that is not part of the secret.
    return { ok: true, text: readFileSync(file, 'utf8').trim(), file };
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
    const message = `${name}_FILE names ${file}, which cannot be read (${reason}). Correct the path or the file's permissions.`;
    return { ok: false, fault: { name: `${name}_FILE`, message } };
  }
}

function badValue(name: string, variable: Variable, text: string, file: string | null, must: string): EnvironmentFault {
  const subject = file ? `The content of ${file} (${name}_FILE)` : name;
  const found = variable.secret ? '' : ` is ${JSON.stringify(text)} and`;
  const next = variable.initial === null ? 'or leave it out' : `or leave it out for ${variable.initial}`;
  return { name, message: `${subject}${found} must be ${must}. Correct it, ${next}.` };
}
