/** User text inside a message: no markdown, no mention, at most 80 characters. */
export function quoted(value: string): string {
  const short = value.length > 80 ? `${value.slice(0, 79)}…` : value;
  return short.replace(/[\\*_~`|>#@<[\]()-]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}
