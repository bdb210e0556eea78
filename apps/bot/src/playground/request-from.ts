import { z } from 'zod';
import { LOCALES } from '../locale.ts';
import type { PageRequest } from './wire.ts';

/** A request over HTTP that cannot be answered. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const attachment = z.strictObject({ name: z.string(), size: z.number(), url: z.string() });
const locale = z.enum(LOCALES);

const pageRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('command'),
    locale,
    name: z.string(),
    options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), attachment])),
  }),
  z.strictObject({
    kind: z.literal('completion'),
    locale,
    name: z.string(),
    option: z.string(),
    typed: z.string(),
  }),
  z.strictObject({ kind: z.literal('button'), locale, id: z.string(), attachments: z.array(attachment) }),
  z.strictObject({ kind: z.literal('form'), locale, id: z.string(), fields: z.record(z.string(), z.string()) }),
]);

/** @throws RequestError for what is no request */
export function requestFrom(body: Uint8Array): PageRequest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(body));
  } catch {
    throw new RequestError(400, 'expected JSON');
  }
  const result = pageRequest.safeParse(value);
  if (!result.success) throw new RequestError(400, z.prettifyError(result.error));
  return result.data;
}
