// Writes docs/turn.md from the transition tables. Run with: node packages/conversation/tools/draw-tables.mjs
import { writeFileSync } from 'node:fs';
import { drawTurnPage } from './turn-drawing.ts';

writeFileSync(new URL('../../../docs/turn.md', import.meta.url), drawTurnPage());
