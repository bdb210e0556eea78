const TOKENS = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}:]/g;

/**
 * The first key an object of a JSON text names twice. `JSON.parse` keeps the last silently, and two programs could read
 * one file differently.
 *
 * @param text valid JSON
 */
export function repeatedKey(text: string): string | undefined {
  const open: Set<string>[] = [];
  let last = '';
  for (const [token] of text.matchAll(TOKENS)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (token !== ':') last = token;
    else {
      // Valid JSON has colons after keys only.
      const key = JSON.parse(last) as string;
      const keys = open.at(-1);
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
  }
  return undefined;
}
