// Writes src/generated.ts from docs/openapi.json: node packages/client/tools/generate.ts
import { readFileSync, writeFileSync } from 'node:fs';
import { generatedSource } from './generated-source.ts';

const root = new URL('../../../', import.meta.url);
const document = JSON.parse(readFileSync(new URL('docs/openapi.json', root), 'utf8'));
writeFileSync(new URL('packages/client/src/generated.ts', root), generatedSource(document));
