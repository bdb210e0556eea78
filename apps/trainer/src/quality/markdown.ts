/** The figures of a report as Markdown, to stand beside a model. */
import { classFigures } from './class-figures.ts';
import type { QualityReport } from './report.ts';
import { qualityText } from './text.ts';

/** Figures of the whole, then one line a class. */
export function qualityMarkdown(report: QualityReport): string {
  const { headings, rows } = classFigures(report);
  return [
    `# ${report.model.name}: figures`,
    '',
    ...qualityText(report)
      .split('\n')
      .map((line) => `- ${line}`),
    '',
    row(['class', ...headings]),
    row(['class', ...headings].map(() => '---')),
    ...rows.map(({ of, values }) => row([of.class, ...values])),
    '',
  ].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
