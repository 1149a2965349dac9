/** What the callers of the benchmark dial with; nothing else knows them. */
export const credentials = { username: 'load', password: 'generator', realm: 'dialplane' } as const;
