import type { Problem } from './generated.ts';

/** An answer that is a problem. Decide by `code`; `message` says what to do. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: Problem['code'] | 'no_problem_body';
  /** Finds the request in the server's log; null when something before the server answered. */
  readonly requestId: string | null;
  /** The fields at fault. */
  readonly errors: Problem['errors'];
  /** Milliseconds to wait before asking again; null unless the server said so. */
  readonly retryAfterMs: number | null;

  constructor(response: Response, problem: Problem | null) {
    super(problem?.detail ?? `HTTP ${response.status} without a problem body; something before the server answered.`);
    this.name = 'ApiError';
    this.status = response.status;
    this.code = problem?.code ?? 'no_problem_body';
    this.requestId = problem?.request_id ?? null;
    this.errors = problem?.errors ?? [];
    const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
    this.retryAfterMs = Number.isFinite(seconds) ? seconds * 1000 : null;
  }
}

/** The error that a response other than 200 to 299 stands for. */
export async function apiError(response: Response): Promise<ApiError> {
  const text = await response.text();
  const isProblem = response.headers.get('content-type')?.startsWith('application/problem+json') ?? false;
  return new ApiError(response, isProblem ? JSON.parse(text) : null);
}
