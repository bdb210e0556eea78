/** The little of Discord's markdown that the bot writes, as nodes: nothing becomes HTML. */
const TOKEN = /\*\*(.+?)\*\*|`([^`]+)`|\*(.+?)\*|\\([\\*_~`|>#@<[\]()-])/gs;

export function markdown(content: string): DocumentFragment {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const match of content.matchAll(TOKEN)) {
    fragment.append(content.slice(at, match.index));
    const [whole, bold, code, italic, escaped] = match;
    if (bold !== undefined) fragment.append(element('strong', bold));
    else if (code !== undefined) fragment.append(element('code', code));
    else if (italic !== undefined) fragment.append(element('em', italic));
    else fragment.append(escaped ?? '');
    at = match.index + whole.length;
  }
  fragment.append(content.slice(at));
  return fragment;
}

/** An element with text in it. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text = '',
  className = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}
