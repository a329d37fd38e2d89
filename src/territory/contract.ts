import { z } from 'zod';
import { defineRoute } from '../foundation/http/route.ts';
import { administratorRoles } from '../identity/contract.ts';

export const pointSchema = z.object({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) });
export type Point = z.infer<typeof pointSchema>;

export const holidaySets = ['metropole', 'alsace-moselle', 'guadeloupe', 'martinique', 'guyane', 'reunion', 'mayotte'] as const;

export const territorySchema = z.object({
  code: z.string().regex(/^[0-9A-Z-]{2,8}$/, 'code de territoire attendu, par exemple 86 ou 64A'),
  name: z.string().min(1).max(120),
  departments: z.array(z.string().regex(/^(\d{2}|2[AB]|9[78]\d)$/, 'code de département attendu')).min(1),
  timeZone: z.string(),
  holidaySet: z.enum(holidaySets),
  radiusKm: z.number().int().min(1).max(200),
  launchedOn: z.iso.date().nullable(),
  status: z.enum(['EN_PROJET', 'LETTRE_INTENTION', 'CONVENTION', 'LANCE', 'NOMINAL']),
});
export type Territory = z.infer<typeof territorySchema>;

/** A place found from words: a commune, a postcode, a département or a precise address. */
export const locationSchema = pointSchema.extend({
  label: z.string(),
  kind: z.enum(['address', 'commune', 'postcode', 'department']),
  insee: z.string().nullable(),
  city: z.string(),
  postcode: z.string().nullable(),
  department: z.string(),
  /** The SAS that answers for this place; null where none is declared. */
  territory: z.string().nullable(),
  /** Default search radius there. */
  radiusKm: z.number(),
  /** Where the coordinates come from: the offline gazetteer of communes, or the national address service. */
  source: z.enum(['gazetteer', 'address-service']),
});
export type Location = z.infer<typeof locationSchema>;

export const hoursKindSchema = z.enum(['SAS', 'PDSA']);

export const routes = {
  listTerritories: defineRoute({
    method: 'GET', path: '/api/v1/territories', summary: 'Territoires', access: 'signed-in',
    response: z.object({ territories: z.array(territorySchema) }),
  }),
  saveTerritory: defineRoute({
    method: 'PUT', path: '/api/v1/territories/:code', summary: "Créer ou modifier un territoire", access: administratorRoles,
    params: z.object({ code: z.string() }), body: territorySchema.omit({ code: true }), response: territorySchema,
  }),
  locate: defineRoute({
    method: 'GET', path: '/api/v1/locations', access: 'signed-in',
    summary: 'Trouver un lieu : adresse, commune, code postal ou département, fautes de frappe pardonnées',
    query: z.object({ q: z.string().trim().min(2).max(200), limit: z.coerce.number().int().min(1).max(20).default(8) }),
    response: z.object({
      locations: z.array(locationSchema),
      /** Set when the address service did not answer and the gazetteer alone was used. */
      degraded: z.string().nullable(),
    }),
  }),
  communes: defineRoute({
    method: 'GET', path: '/api/v1/territories/:code/communes', access: 'signed-in',
    summary: 'Communes du territoire, avec leurs coordonnées et contours (fond de carte hors ligne)',
    params: z.object({ code: z.string() }),
    response: z.object({
      communes: z.array(pointSchema.extend({ insee: z.string(), name: z.string(), population: z.number().nullable(), contour: z.unknown().nullable() })),
    }),
  }),
  calendar: defineRoute({
    method: 'GET', path: '/api/v1/territories/:code/calendar', access: 'signed-in',
    summary: 'Heures SAS et PDSA du territoire (calendrier réglementaire et adaptations locales)',
    params: z.object({ code: z.string() }),
    query: z.object({ from: z.iso.date(), to: z.iso.date() }),
    response: z.object({
      periods: z.array(z.object({
        from: z.iso.datetime(), to: z.iso.datetime(), regulatory: hoursKindSchema, local: hoursKindSchema, reason: z.string().nullable(),
      })),
    }),
  }),
} as const;
