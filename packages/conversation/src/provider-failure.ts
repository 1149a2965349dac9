/** A stage of the turn that did not do its work. */
export type Stage = 'recogniser' | 'model' | 'synthesiser';

export interface ProviderFailure {
  readonly stage: Stage;
  /** The provider's own stable code where it has one. */
  readonly code: string;
  readonly message: string;
}

export function providerFailure(stage: Stage, error: unknown): ProviderFailure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return {
    stage,
    code: typeof code === 'string' ? code : `${stage}_failed`,
    message: error instanceof Error ? error.message : String(error),
  };
}
