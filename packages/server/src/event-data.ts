/** Particulars of an event with the names of the wire: snake_case, also inside. */
export function eventDataOnWire(data: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [snakeCase(name), renamed(name, value)]));
}

function renamed(name: string, value: unknown): unknown {
  // Names inside a tool's arguments are the tool's.
  if (name === 'arguments') return value;
  if (Array.isArray(value)) return value.map((item: unknown) => renamed(name, item));
  return isRecord(value) ? eventDataOnWire(value) : value;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const snakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
