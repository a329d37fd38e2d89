import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import { accountsSchema, clientsSchema } from './accounts.ts';
import { startProSanteConnect } from './server.ts';

await runSimulator(() => {
  const { values } = parseArgs({ options: { accounts: { type: 'string' }, clients: { type: 'string' }, port: { type: 'string', default: '0' } } });
  if (!values.accounts || !values.clients) throw new Error('--accounts FILE et --clients FILE sont nécessaires');
  const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
  return startProSanteConnect({
    port: Number(values.port),
    accounts: accountsSchema.parse(read(values.accounts)),
    clients: clientsSchema.parse(read(values.clients)),
  });
});
