import type { Handlers } from '../../../foundation/http/register.ts';
import type { Actor } from '../../../identity/contract.ts';
import type { routes } from '../contract.ts';
import type { Protocols } from './index.ts';

/** Handlers of the protocols. */
export const protocolHandlers = (protocols: Protocols): Handlers<typeof routes, Actor> => ({
  protocols: ({ actor, query }) => protocols.inForce(actor, query.territory),
  protocolVersions: ({ actor, query }) => protocols.list(actor, query),
  protocol: ({ actor, params, query }) => protocols.get(actor, params.id, query.version),
  createProtocol: ({ actor, body }) => protocols.create(actor, body),
  draftProtocol: ({ actor, params }) => protocols.draft(actor, params.id),
  saveProtocol: ({ actor, params, body }) => protocols.save(actor, params.id, body),
  submitProtocol: ({ actor, params, body }) => protocols.submit(actor, params.id, body.revision),
  approveProtocol: ({ actor, params, body }) => protocols.approve(actor, params.id, body),
  sendBackProtocol: ({ actor, params, body }) => protocols.sendBack(actor, params.id, body),
  retireProtocol: ({ actor, params, body }) => protocols.retire(actor, params.id, body),
  protocolSettings: ({ actor, body }) => protocols.saveSettings(actor, body.warnAbove, body.territory),
  protocolUsage: ({ actor, query }) => protocols.usage(actor, query),
  recordProtocol: ({ actor, params, body }) => protocols.record(actor, params.id, body),
});
