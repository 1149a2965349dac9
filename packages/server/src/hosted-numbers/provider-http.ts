import { OutboundError, type OutboundRequest, type SendRequest } from '../outbound-http.ts';
import { textField } from './answer-fields.ts';
import { ProviderFailure } from './provider.ts';

export interface ProviderHttp {
  /**
   * Sends one request and reads its answer.
   * @param url absolute.
   * @param content sent as a form (URLSearchParams) or as JSON.
   * @returns the JSON of the answer; undefined for an empty one.
   * @throws {ProviderFailure}
   */
  call(method: OutboundRequest['method'], url: string, content?: URLSearchParams | object): Promise<unknown>;
  /** The id in an answer that must hold one. */
  idIn(answer: unknown, ...path: readonly string[]): string;
  failure(status: number | null, reason: string): ProviderFailure;
}

export interface ProviderHttpOptions {
  readonly send: SendRequest;
  readonly title: string;
  /** Names of the variables that hold the provider's keys. */
  readonly keys: string;
  readonly authorization: string;
  /** The provider's own sentence in the body of a refusal. */
  readonly sentenceIn: (body: unknown) => string | undefined;
}

export function createProviderHttp(options: ProviderHttpOptions): ProviderHttp {
  const { send, title, keys, authorization, sentenceIn } = options;
  const failure = (status: number | null, reason: string) => new ProviderFailure(title, keys, status, reason);

  return {
    failure,

    async call(method, url, content) {
      const form = content instanceof URLSearchParams;
      const request: OutboundRequest = {
        method,
        url: new URL(url),
        headers: {
          authorization,
          accept: 'application/json',
          ...(content ? { 'content-type': form ? 'application/x-www-form-urlencoded' : 'application/json' } : {}),
        },
        ...(content ? { body: form ? content.toString() : JSON.stringify(content) } : {}),
      };
      const answer = await send(request).catch((error: unknown) => {
        if (error instanceof OutboundError) throw failure(null, `The request failed: ${error.message}.`);
        throw error;
      });
      const body = parsed(answer.body);
      if (answer.status >= 200 && answer.status < 300) return body;
      const sentence = sentenceIn(body);
      throw failure(answer.status, sentence ? `"${sentence}"` : `It answered with status ${answer.status}.`);
    },

    idIn(answer, ...path) {
      const id = textField(answer, ...path);
      if (id === undefined) throw failure(null, 'It answered in a form that is not documented.');
      return id;
    },
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An empty answer, or a page of a proxy in between.
    return undefined;
  }
}
