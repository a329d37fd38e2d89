import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Directory } from './index.ts';

const centerOf = ({ lat, lon }: { lat?: number; lon?: number }) => (lat === undefined || lon === undefined ? undefined : { lat, lon });

/** What answers the routes of the directory. */
export function directoryHandlers(directory: Directory): Handlers<typeof routes, Actor> {
  return {
    findProfessionals: async ({ query }) => ({ professionals: await directory.findProfessionals({ ...query, center: centerOf(query) }) }),
    findStructures: async ({ query }) => ({ structures: await directory.findStructures({ ...query, center: centerOf(query) }) }),
    suggest: async ({ query }) => ({ suggestions: await directory.suggest(query.q, query.limit) }),
    identifyStructure: ({ params, body, actor }) => directory.identifyStructure(params.id, body, actor),
    enrich: async ({ params, body, actor }) => {
      await directory.enrich(params.id, body, actor);
      return { saved: true as const };
    },
    saveStructurePlace: ({ params, body, actor }) => directory.saveStructurePlace(params.id, params.placeId, body, actor),
    imports: async () => ({
      imports: (await directory.imports()).map((item) => ({
        ...item, startedAt: item.startedAt.toString(), finishedAt: item.finishedAt?.toString() ?? null,
      })),
    }),
  };
}
