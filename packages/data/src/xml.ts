/** XML from strangers, read into a small tree with saxes. */
import { SaxesParser } from 'saxes';
import { DataError } from './error.ts';

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** All that stands in it but not in its children, as one. */
  readonly text: string;
}

const MAX_ELEMENTS = 100_000;
const MAX_DEPTH = 100;

/**
 * Parses a document.
 *
 * Nothing outside the document is ever fetched: a DOCTYPE may name a DTD, which is not looked at, but not declare anything, so
 * only XML's own five entities exist.
 *
 * @throws DataError for XML that is not well-formed, declarations, and more than 100,000 elements or 100 levels
 */
export function parseXml(text: string, where: string): XmlElement {
  const parser = new SaxesParser();
  const open: { name: string; attributes: Record<string, string>; children: XmlElement[]; text: string }[] = [];
  let root: XmlElement | undefined;
  let count = 0;

  parser.on('error', (error) => {
    throw new DataError(`${where}: expected well-formed XML, got ${error.message} - save the drawing again`);
  });
  parser.on('doctype', (doctype) => {
    if (!doctype.includes('[')) return;
    throw new DataError(`${where}: expected no declarations, got a DOCTYPE with some - save the drawing as plain SVG`);
  });
  parser.on('opentag', ({ name, attributes }) => {
    count++;
    if (count > MAX_ELEMENTS || open.length >= MAX_DEPTH) {
      throw new DataError(
        `${where}: expected at most ${MAX_ELEMENTS} elements, ${MAX_DEPTH} deep, got more - is this one drawing?`,
      );
    }
    const element = { name, attributes, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
    root ??= element;
  });
  const addText = (more: string): void => {
    const element = open.at(-1);
    if (element) element.text += more;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => open.pop());
  parser.write(text).close();
  if (root) return root;
  throw new DataError(`${where}: expected an XML document, got no element - is the file empty?`);
}
