/** Writes `report.html` from what lies in the run's folder. */
import { basename } from 'node:path';
import { writeDurably } from '../durable.ts';
import type { Run } from '../folder.ts';
import { listPictures, type PictureKind, readPicture, spread } from '../pictures.ts';
import { reportPage, type ReportContent } from './page.ts';

/** Sheets a report shows of each kind: enough to see the way, few enough for a page that opens at once and can be mailed. */
const SHOWN: Readonly<Record<PictureKind, { readonly count: number; readonly bytes: number }>> = {
  samples: { count: 7, bytes: 2_500_000 },
  reconstructions: { count: 5, bytes: 1_500_000 },
};

/**
 * Writes the report of a run anew.
 *
 * @throws RunError where a file cannot be read or written
 */
export async function writeReport(run: Run, content: Omit<ReportContent, 'name' | 'pictures'>): Promise<void> {
  const stored = await listPictures(run.samples);
  const chosen = (Object.keys(SHOWN) as PictureKind[]).flatMap((kind) =>
    spread(
      stored.filter((picture) => picture.kind === kind),
      SHOWN[kind],
    ),
  );
  const pictures = await Promise.all(chosen.map(readPicture));
  await writeDurably(run.report, reportPage({ ...content, name: basename(run.folder), pictures }));
}
