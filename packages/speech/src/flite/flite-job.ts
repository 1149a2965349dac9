/** What passes between the synthesiser and its worker thread. */
import type { SpokenWord, SynthesisRequest } from '../synthesiser.ts';

export interface FliteJob extends SynthesisRequest {
  readonly id: number;
}

export type FliteAnswer =
  | { readonly type: 'ready' }
  | {
      readonly type: 'spoken';
      readonly id: number;
      readonly samples: Int16Array;
      readonly words: readonly SpokenWord[];
    }
  | { readonly type: 'failed'; readonly id: number; readonly message: string };
