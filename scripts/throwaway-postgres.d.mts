/** Starts Debian's PostgreSQL on a free port; `stop` ends it and removes its data. */
export function startThrowawayPostgres(): Promise<{ readonly url: string; stop(): void }>;
