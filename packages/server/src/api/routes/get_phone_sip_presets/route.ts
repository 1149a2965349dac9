import { presets } from '../../../sip/presets/presets.ts';
import type { Api } from '../../api.ts';
import { carrierPresetOnWire } from '../../carrier-preset.ts';
import { readCursor, writeCursor } from '../../cursor.ts';
import { getSipPresetsSchema } from './schema.ts';

/** GET /phone/sip/presets: a page of the carriers and PBXs whose ways are known here. */
export function getSipPresets(api: Api): void {
  const options = { schema: getSipPresetsSchema, config: { scope: 'sip:read' } } as const;
  api.get('/phone/sip/presets', options, async (request) => {
    const { cursor, limit } = request.query;
    const placeOf = ([name]: readonly unknown[]) => {
      const place = presets.findIndex((preset) => preset.name === name);
      return place < 0 ? null : place;
    };
    const from = cursor ? readCursor(cursor, placeOf) + 1 : 0;
    const page = presets.slice(from, from + limit);
    const last = from + limit < presets.length ? page.at(-1) : undefined;
    return { items: page.map(carrierPresetOnWire), next: last ? writeCursor([last.name]) : null };
  });
}
