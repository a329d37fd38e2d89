import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { createAddressLookUp } from './index.ts';

let stop = () => {};
afterEach(() => stop());

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((ready) => server.once('listening', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/geocodage`;
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return base;
}

const feature = (type: string) => ({
  type: 'Feature', geometry: { type: 'Point', coordinates: [0.34, 46.58] },
  properties: { label: '12 Rue Gambetta 86000 Poitiers', citycode: '86194', city: 'Poitiers', postcode: '86000', type, score: 0.9 },
});

test('[ANN-02] the answer of the address service is read, and only a house or a street is precise', async () => {
  let asked = '';
  const base = await serve((request, response) => {
    asked = request.url!;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ features: [feature('housenumber'), feature('municipality')] }));
  });
  const hits = await createAddressLookUp(base)('12 rue Gambetta & Poitiers', 5);
  expect(asked).toBe('/geocodage/search?q=12+rue+Gambetta+%26+Poitiers&limit=5');
  expect(hits).toMatchObject([{ lat: 46.58, lon: 0.34, insee: '86194', precise: true }, { precise: false }]);
});

test.each<[string, RequestListener]>([
  ['an error', (_, response) => response.writeHead(503).end()],
  ['a page that is not JSON', (_, response) => response.end('<html>')],
  ['another shape', (_, response) => response.end('{"features":[{}]}')],
  ['silence', () => undefined],
])('[ANN-02] %s of the address service is a failure the caller can fall back from', async (_, listener) => {
  const base = await serve(listener);
  await expect(createAddressLookUp(base, 200)('Poitiers', 5)).rejects.toThrow();
});
