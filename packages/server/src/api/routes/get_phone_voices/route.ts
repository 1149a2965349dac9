import type { Api, Services } from '../../api.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import { getPhoneVoicesSchema } from './schema.ts';

/** GET /phone/voices: a page of the voices that agents can speak with. */
export function getPhoneVoices(api: Api, { voices }: Services): void {
  const options = { schema: getPhoneVoicesSchema, config: { scope: 'phone:read' } } as const;
  api.get('/phone/voices', options, async (request) => {
    const { cursor, limit } = request.query;
    const placeOf = ([id]: readonly unknown[]) => {
      const place = voices.findIndex((voice) => voice.id === id);
      return place < 0 ? null : place;
    };
    const from = cursor ? readCursor(cursor, placeOf) + 1 : 0;
    const page = voices.slice(from, from + limit);
    const last = from + limit < voices.length ? page.at(-1) : undefined;
    return {
      items: page.map(({ id, name, language, gender, provider }) => ({
        id,
        name,
        language,
        gender,
        provider,
        preview: null,
      })),
      next: last ? writeCursor([last.id]) : null,
    };
  });
}
