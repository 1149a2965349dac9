/** State of one part of the server: `degraded` parts serve calls with less, `not_ready` ones keep the server from serving. */
export interface PartState {
  readonly state: 'ready' | 'degraded' | 'not_ready';
  /** For the operator: why, and what to do. */
  readonly detail?: string | undefined;
}

export interface ReadinessReport {
  readonly status: PartState['state'];
  readonly parts: Readonly<Record<string, PartState>>;
}

/** Each part of the server tells its own state; `/readyz` collects them. */
export interface Readiness {
  register(name: string, state: () => PartState | Promise<PartState>): void;
  report(): Promise<ReadinessReport>;
}

export function createReadiness(): Readiness {
  const parts = new Map<string, () => PartState | Promise<PartState>>();
  return {
    register: (name, state) => {
      parts.set(name, state);
    },
    report: async () => {
      const states = await Promise.all([...parts].map(async ([name, state]) => [name, await ask(state)] as const));
      const worst = (state: PartState['state']) => states.some(([, part]) => part.state === state);
      const status = worst('not_ready') ? 'not_ready' : worst('degraded') ? 'degraded' : 'ready';
      return { status, parts: Object.fromEntries(states) };
    },
  };
}

/** A part that cannot tell its state is not ready. */
async function ask(state: () => PartState | Promise<PartState>): Promise<PartState> {
  try {
    return await state();
  } catch (error) {
    return { state: 'not_ready', detail: error instanceof Error ? error.message : String(error) };
  }
}
