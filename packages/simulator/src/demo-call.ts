/** The call that is made when nothing is asked for: to the demo agent of the server on this machine. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Opening hours and delivery are in the demo agent's knowledge; the last line shows how a call ends. */
export const demoLines = ['What are your opening hours?', 'How much does delivery cost?', 'Goodbye.'] as const;

/** The file the server writes into its data directory, readable by its owner only. */
const DEMO_TRUNK_FILE = 'demo-trunk.json';

/** How to reach and enter the demo trunk. */
export interface DemoTrunk {
  /** host:port. */
  readonly sip: string;
  readonly username: string;
  readonly password: string;
  readonly number: string;
  readonly api: string;
  readonly api_key: string;
}

/** Undefined where the server has not written one. Throws an Error with the cause when it cannot be read. */
export async function readDemoTrunk(dataDirectory: string): Promise<DemoTrunk | undefined> {
  const path = join(dataDirectory, DEMO_TRUNK_FILE);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw new Error(`Cannot read ${path}: ${error instanceof Error ? error.message : String(error)}.`, {
      cause: error,
    });
  }
  const trunk = parsed(text);
  if (!isDemoTrunk(trunk)) throw new Error(`${path} is no demo trunk. Delete it and start the server again.`);
  return trunk;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isDemoTrunk(value: unknown): value is DemoTrunk {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['sip', 'username', 'password', 'number', 'api', 'api_key'].every(
      (name) => typeof Reflect.get(value, name) === 'string',
    )
  );
}
