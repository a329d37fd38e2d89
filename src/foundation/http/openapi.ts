import { z } from 'zod';
import { problemSchema } from './problem.ts';
import type { AnyRoute, Routes } from './route.ts';

/** The OpenAPI 3.1 document of the given tables of routes. */
export function openApiDocument(tables: readonly Routes[], info: { title: string; version: string; description: string }) {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const table of tables) {
    for (const [name, route] of Object.entries(table)) {
      const path = route.path.replace(/:(\w+)/g, '{$1}');
      paths[path] ??= {};
      paths[path][route.method.toLowerCase()] = operation(name, route);
    }
  }
  return {
    openapi: '3.1.0',
    info,
    paths,
    components: {
      schemas: { Problem: jsonSchema(problemSchema, 'output') },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'sas_session' },
      },
    },
    security: [{ bearer: [] }, { session: [] }],
  };
}

const jsonSchema = (schema: z.ZodType, io: 'input' | 'output') => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any', target: 'draft-2020-12' });
  return rest;
};

function operation(name: string, route: AnyRoute) {
  const success = String(route.status ?? 200);
  return {
    operationId: name,
    summary: route.summary,
    ...(route.access === 'public' ? { security: [] } : {}),
    ...(Array.isArray(route.access) ? { 'x-roles': route.access } : {}),
    parameters: [...parameters(route.params, 'path'), ...parameters(route.query, 'query')],
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: jsonSchema(route.body, 'input') } } } }
      : {}),
    responses: {
      [success]: { description: 'Succès', content: { 'application/json': { schema: jsonSchema(route.response, 'output') } } },
      default: {
        description: 'Refus ou erreur',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  };
}

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const object = jsonSchema(schema, 'input') as { properties?: Record<string, unknown>; required?: string[] };
  return Object.entries(object.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || (object.required ?? []).includes(name),
    schema: property,
  }));
}
