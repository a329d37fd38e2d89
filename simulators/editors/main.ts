import { parseArgs } from 'node:util';
import { runSimulator } from '../shared/process.ts';
import { type BehaviourName, behaviours } from './behaviours.ts';
import { readCatalog } from './catalog.ts';
import { startEditorSimulator } from './server.ts';

await runSimulator(() => {
  const { values } = parseArgs({
    options: {
      name: { type: 'string' }, behaviour: { type: 'string' }, catalog: { type: 'string' },
      port: { type: 'string', default: '0' }, seed: { type: 'string', default: '1' },
      platform: { type: 'string' }, 'token-file': { type: 'string' },
      issuer: { type: 'string' }, 'client-id': { type: 'string' }, 'client-secret': { type: 'string' },
      // `state`: file that keeps the bookings. `vie`: seconds between a booking and its outcome; without it the practice's page decides.
      state: { type: 'string' }, vie: { type: 'string' },
      cert: { type: 'string' }, key: { type: 'string' }, ca: { type: 'string' }, crl: { type: 'string' }, cn: { type: 'string' }, ou: { type: 'string' },
    },
  });
  const { name, behaviour, catalog, platform, issuer, cert, key, ca } = values;
  if (!name || !behaviour || !catalog) throw new Error('--name, --behaviour et --catalog FILE sont nécessaires');
  if (!(behaviour in behaviours)) throw new Error(`--behaviour : ${Object.keys(behaviours).join(', ')}`);
  return startEditorSimulator({
    name, behaviour: behaviour as BehaviourName, catalog: readCatalog(catalog), port: Number(values.port), seed: Number(values.seed),
    ...(platform && { platform: { url: platform.replace(/\/$/, ''), tokenFile: values['token-file'] } }),
    ...(issuer && { signIn: { issuer, ...(values['client-id'] && { clientId: values['client-id'] }), ...(values['client-secret'] && { clientSecret: values['client-secret'] }) } }),
    ...(values.state && { state: values.state }),
    ...(values.vie && { life: { delayMs: Number(values.vie) * 1_000 } }),
    ...(cert && key && ca && { tls: { cert, key, ca, crl: values.crl, allowedCn: values.cn, allowedOu: values.ou } }),
  });
});
