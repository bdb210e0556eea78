/** Elements of a page's body that are opened and not closed, or the other way round. */
export function unbalanced(page: string): string[] {
  const open: string[] = [];
  const body = page.slice(page.indexOf('<body>'), page.indexOf('</html>'));
  for (const [, end, name, empty] of body.matchAll(/<(\/?)([a-z][a-z\d]*)(?:\s[^<>]*?)?(\/?)>/gi)) {
    if (end) {
      const last = open.pop();
      if (last !== name) return [`${last} ended by ${name}`];
    } else if (!empty) open.push(name as string);
  }
  return open;
}
