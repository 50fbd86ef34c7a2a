import { writeFileSync } from 'node:fs';
import { openApiDocument } from './document.ts';

const file = new URL('../../docs/api/openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(openApiDocument(), null, 2)}\n`);
console.log('wrote docs/api/openapi.json');
