/** The page's way to the server. */
import type { Attachment } from '../../request.ts';
import type { PageCommand, PageReply, PageRequest } from '../wire.ts';

async function json<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(await response.text());
  return (await response.json()) as T;
}

export async function ask(request: PageRequest): Promise<PageReply> {
  return json(await fetch('/ask', { method: 'POST', body: JSON.stringify(request) }));
}

export async function upload(name: string, file: Blob): Promise<Attachment> {
  return json(await fetch(`/upload?name=${encodeURIComponent(name)}`, { method: 'POST', body: file }));
}

export async function fetchCommands(locale: string): Promise<readonly PageCommand[]> {
  return json(await fetch(`/commands?locale=${locale}`));
}
