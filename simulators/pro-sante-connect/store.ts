type Payload = Record<string, unknown> & { readonly grantId?: string; readonly uid?: string; readonly userCode?: string };

/** What oidc-provider keeps between two requests, in memory: sessions, codes, tokens. Clients are looked up in `clients`. */
export function memoryStore(clients: ReadonlyMap<string, Payload>) {
  const kept = new Map<string, { payload: Payload; expiresAt: number }>();

  const read = (key: string): Payload | undefined => {
    const entry = kept.get(key);
    if (!entry || entry.expiresAt > performance.now()) return entry?.payload;
    kept.delete(key);
    return undefined;
  };

  const sweep = (): void => {
    for (const key of kept.keys()) read(key);
  };

  return (model: string) => ({
    async upsert(id: string, payload: Payload, expiresInSeconds?: number): Promise<void> {
      if (kept.size > 5_000) sweep();
      kept.set(`${model}:${id}`, { payload, expiresAt: expiresInSeconds ? performance.now() + expiresInSeconds * 1_000 : Infinity });
    },
    async find(id: string): Promise<Payload | undefined> {
      return model === 'Client' ? clients.get(id) : read(`${model}:${id}`);
    },
    async findByUid(uid: string): Promise<Payload | undefined> {
      return [...kept].find(([key, { payload }]) => key.startsWith(`${model}:`) && payload.uid === uid)?.[1].payload;
    },
    async findByUserCode(): Promise<undefined> {
      return undefined;
    },
    async consume(id: string): Promise<void> {
      const entry = kept.get(`${model}:${id}`);
      if (entry) entry.payload = { ...entry.payload, consumed: Math.floor(Temporal.Now.instant().epochMilliseconds / 1_000) };
    },
    async destroy(id: string): Promise<void> {
      kept.delete(`${model}:${id}`);
    },
    async revokeByGrantId(grantId: string): Promise<void> {
      for (const [key, { payload }] of kept) if (payload.grantId === grantId) kept.delete(key);
    },
  });
}
