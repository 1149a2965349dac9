import type { Registration, RegistrationOptions, RegistrationState, SipEndpoint } from '../../src/index.ts';
import { credentials } from './endpoints.ts';

export interface RunningRegistration {
  readonly registration: Registration;
  /** Resolves when the state is reached. */
  reached(state: RegistrationState): Promise<void>;
}

const PATIENCE_MS = 5_000;

/** A registration of the test trunk at a local registrar. */
export function startRegistration(
  endpoint: SipEndpoint,
  registrar: string,
  options: Partial<RegistrationOptions> = {},
): RunningRegistration {
  const waiting = new Map<RegistrationState, () => void>();
  const registration = endpoint.register({
    owner: 'carrier-trunk',
    registrar,
    addressOfRecord: 'sip:trunk@127.0.0.1',
    credentials,
    ...options,
    onChange: ({ state }) => waiting.get(state)?.(),
  });
  return {
    registration,
    reached: (state) =>
      new Promise((resolve, reject) => {
        if (registration.status.state === state) {
          resolve();
          return;
        }
        const late = () => reject(new Error(`not ${state}: ${JSON.stringify(registration.status)}`));
        const timer = setTimeout(late, PATIENCE_MS);
        waiting.set(state, () => {
          clearTimeout(timer);
          resolve();
        });
      }),
  };
}
