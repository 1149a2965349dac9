/** What the main thread and the PGlite thread say to each other. Every request gets exactly one reply with its id. */

export interface PgliteStart {
  readonly directory: string;
}

/** Null: outside of a transaction, queued behind an open one. */
type TransactionId = number | null;

export type PgliteRequest =
  | {
      readonly id: number;
      readonly op: 'query';
      readonly transaction: TransactionId;
      readonly sql: string;
      readonly params: readonly unknown[];
      readonly rowMode: 'array' | 'object';
    }
  | { readonly id: number; readonly op: 'exec'; readonly transaction: TransactionId; readonly sql: string }
  | { readonly id: number; readonly op: 'begin'; readonly transaction: number }
  | { readonly id: number; readonly op: 'commit' | 'rollback'; readonly transaction: number }
  | { readonly id: number; readonly op: 'close' };

/** A result set of PGlite without what cannot cross a port. */
export interface PgliteResult {
  readonly rows: readonly unknown[];
  readonly fields: readonly { readonly name: string; readonly dataTypeID: number }[];
  readonly affectedRows: number | undefined;
}

/** The fields of a PostgreSQL error, or of a system error, that mean something to the other side. */
export interface PgliteFault {
  readonly message: string;
  readonly code: string | undefined;
  readonly severity: string | undefined;
  readonly detail: string | undefined;
  readonly table: string | undefined;
  readonly column: string | undefined;
  readonly constraint: string | undefined;
}

export type PgliteReply =
  /** Id 0 answers the start. */
  | { readonly id: number; readonly ok: true; readonly result: PgliteResult | null }
  | { readonly id: number; readonly ok: false; readonly fault: PgliteFault };
