import { randomUUID } from 'node:crypto';

/** Files the playground can be asked for: uploads, and what came out. Only so many are kept, in memory. */
export interface Files {
  /** Keeps a file; gives the path it is served at. */
  keep(name: string, bytes: Uint8Array): string;
  /** Undefined where there is none, or none any more. */
  at(path: string): { readonly name: string; readonly bytes: Uint8Array } | undefined;
}

const MOST = 300;

export function createFiles(): Files {
  const files = new Map<string, { readonly name: string; readonly bytes: Uint8Array }>();
  return {
    keep(name, bytes) {
      const path = `/files/${randomUUID()}`;
      files.set(path, { name, bytes });
      const [oldest] = files.keys();
      if (files.size > MOST && oldest !== undefined) files.delete(oldest);
      return path;
    },
    at: (path) => files.get(path),
  };
}
