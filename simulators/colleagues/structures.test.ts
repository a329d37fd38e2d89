import { expect, test } from 'vitest';
import { StructureManager } from './structures.ts';

/** A structure of one member, asked once; what its manager did. */
function asked(members: readonly string[]) {
  let status = 'DEMANDE';
  const done: string[] = [];
  const client = {
    async ask<T>(method: string, path: string): Promise<T> {
      if (path.endsWith('/inbox')) return { items: [{ orientationId: 'o1', structureId: 's1', status }] } as T;
      if (method === 'GET') return { members: members.map((nationalId) => ({ nationalId })) } as T;
      done.push(path.split('/').at(-1)!);
      status = done.at(-1) === 'accept' ? 'ACCEPTE_SANS_NOM' : 'PRIS';
      return {} as T;
    },
  };
  return { done, client };
}

test('[SUR-10] a simulated manager accepts between 20 and 60 seconds, names as long after, and then leaves it', async () => {
  const { done, client } = asked(['8100']);
  const manager = new StructureManager(client, { random: () => 0.5, haste: 1 });
  for (let second = 0; second <= 39; second++) await manager.look(second * 1_000);
  expect(done).toEqual([]);
  await manager.look(40_000);
  expect(done).toEqual(['accept']);
  for (let second = 41; second <= 200; second++) await manager.look(second * 1_000);
  expect(done).toEqual(['accept', 'name']);
});

test('[SUR-10] without anybody to name, he refuses', async () => {
  const { done, client } = asked([]);
  const manager = new StructureManager(client, { random: () => 0.9, haste: 10 });
  await manager.look(0);
  await manager.look(6_000);
  expect(done).toEqual(['refuse']);
});
