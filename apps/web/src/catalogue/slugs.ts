/** What a class is called in an address: `the-eiffel-tower`. */
export function slugOf(className: string): string {
  return className
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
}

/** The class of a name or a slug; undefined where there is none. */
export function classNamed(classes: readonly string[], name: string): string | undefined {
  return classes.includes(name) ? name : classes.find((className) => slugOf(className) === slugOf(name));
}

/** Whether a class has a page of its own: of those with one slug the first has, of those with none (`!?`) none. */
export function hasPage(classes: readonly string[], className: string): boolean {
  const slug = slugOf(className);
  return slug !== '' && classNamed(classes, slug) === className;
}

/** The wall of a class, within a language: its page, or what stands for it where it has none. */
export function wallOf(classes: readonly string[], className: string): string {
  return hasPage(classes, className)
    ? `wall/${encodeURIComponent(slugOf(className))}/`
    : `?class=${encodeURIComponent(className)}`;
}
