import type { Handlers } from '../../../foundation/http/register.ts';
import { type Actor, subjectsOf } from '../../../identity/contract.ts';
import type { interfacingRoutes } from '../contract-interfacing.ts';
import { stageMoves } from '../domain/interfacing.ts';
import type { Interfacing } from './interfacing.ts';

/** What answers the routes about interfacing projects, communication kits and local tools. */
export function interfacingHandlers(interfacing: Interfacing): Handlers<typeof interfacingRoutes, Actor> {
  const projectOf = (periods: Awaited<ReturnType<Interfacing['stages']>>) => ({ periods, possible: [...stageMoves[periods.at(-1)?.stage ?? 'EXPLOITATION']] });
  return {
    editorProject: async ({ params }) => projectOf(await interfacing.stages(params.name)),
    moveEditorStage: async ({ params, body, actor }) => projectOf(await interfacing.move(params.name, body, actor)),
    editorKits: async ({ params }) => ({ kits: await interfacing.kits(params.name) }),
    async saveEditorKit({ params, body, actor }) {
      await interfacing.saveKit(params.name, params.flow, body, { actor: actor.accountId, role: actor.roles[0] ?? null });
      return { saved: true };
    },
    async ownKits({ actor }) {
      const { professionals, structures } = subjectsOf(actor, 'agenda');
      return { kits: await interfacing.kitsOf([...professionals, ...structures]) };
    },
    localTools: async ({ query, actor }) => ({ tools: await interfacing.tools(query.territory, actor) }),
    async registerLocalTool({ body, actor }) {
      await interfacing.registerTool(body, actor);
      return { saved: true };
    },
    async complyLocalTool({ params, body, actor }) {
      await interfacing.complyTool(params.id, body.compliantOn, actor);
      return { saved: true };
    },
    async removeLocalTool({ params, actor }) {
      await interfacing.removeTool(params.id, actor);
      return { removed: true };
    },
  };
}
