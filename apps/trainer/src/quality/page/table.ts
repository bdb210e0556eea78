import { type Html, page, type Text } from '../../run/report/html.ts';

/** A cell: text from outside, or markup. */
export type Cell = Html | Text;

/** A table that scrolls by itself where the page is narrow; the first column names the row. */
export function table(headings: readonly Cell[], rows: readonly (readonly Cell[])[]): Html {
  return page`<div class="scroll" tabindex="0"><table><thead><tr>${headings.map(
    (heading) => page`<th scope="col">${heading}</th>`,
  )}</tr></thead><tbody>${rows.map(row)}</tbody></table></div>`;
}

function row([name, ...values]: readonly Cell[]): Html {
  return page`<tr><th scope="row">${name ?? []}</th>${values.map((value) => page`<td>${value}</td>`)}</tr>`;
}
