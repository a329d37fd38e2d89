import { openApiDocument } from '../foundation/http/openapi.ts';
import type { Routes } from '../foundation/http/route.ts';
import { accountRoutes as account, delegationRoutes as delegation, personRoutes as person, routes as identity } from '../identity/contract.ts';
import { routes as messages } from '../messages/contract.ts';
import { routes as availability } from '../platform/availability/contract.ts';
import { interfacingRoutes as interfacing } from '../platform/availability/contract-interfacing.ts';
import { inventoryRoutes as inventory, careMapRoutes as careMap, routes as directory } from '../platform/directory/contract.ts';
import { routes as orientation } from '../platform/orientation/contract.ts';
import { routes as outcome } from '../platform/orientation/contract-outcomes.ts';
import { routes as participation } from '../platform/participation/contract.ts';
import { routes as help } from '../help/contract.ts';
import { routes as privacy } from '../privacy/contract.ts';
import { routes as dossier } from '../regulation/dossier/contract.ts';
import { routes as protocol } from '../regulation/protocol/contract.ts';
import { routes as telephony } from '../regulation/telephony/contract.ts';
import { routes as territory } from '../territory/contract.ts';
import { routes as operations } from './operations-contract.ts';

/** Every table of routes of the application, in the order of the OpenAPI document. */
export const routeTables = { identity, account, delegation, person, territory, directory, inventory, careMap, availability, interfacing, orientation, outcome, participation, telephony, dossier, protocol, messages, privacy, help, operations } as const satisfies Record<string, Routes>;

/** The OpenAPI 3.1 document of everything under `/api/v1`. */
export function openApi() {
  return openApiDocument(Object.values(routeTables), {
    title: "Service d'accès aux soins",
    version: '1.0.0',
    description:
      "API du SAS : plateforme numérique et salle de régulation. Jeton au porteur ou cookie de session ; erreurs en application/problem+json. " +
      "Aucune identité de patient ni donnée médicale ne doit être envoyée à la plateforme ; elles n'existent que dans les dossiers de la salle.",
  });
}
