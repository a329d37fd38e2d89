import { expect, test } from 'vitest';
import { Limiter } from './aggregation-limiter.ts';

const never = new AbortController().signal;
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('[AGR-14] no more than the limit at once, the others in their order of arrival', async () => {
  const limiter = new Limiter(2);
  const entered: number[] = [];
  for (const n of [1, 2, 3, 4]) void limiter.acquire(never).then(() => entered.push(n));
  await settle();
  expect(entered).toEqual([1, 2]);
  limiter.release();
  await settle();
  expect(entered).toEqual([1, 2, 3]);
});

test('[AGR-14] whoever gives up while waiting leaves the place to the next', async () => {
  const limiter = new Limiter(1);
  await limiter.acquire(never);
  const impatient = new AbortController();
  const refused = expect(limiter.acquire(impatient.signal)).rejects.toThrow('too long');
  const patient = limiter.acquire(never);
  impatient.abort(new Error('too long'));
  await refused;
  limiter.release();
  await patient;
  limiter.release();
  await limiter.acquire(never);
});
