import type { Asking } from '../asking.ts';
import { Refusal } from '../refusal.ts';
import type { Attachment } from '../request.ts';
import { MAX_RASTER_BYTES } from '../upload/limits.ts';

/**
 * Refuses a file that would not be fetched before it waits in a queue.
 *
 * @throws Refusal
 */
export function checkAttachment(attachment: Attachment, { isOurs }: Pick<Asking, 'isOurs'>): Attachment {
  if (!isOurs(attachment.url)) throw new Refusal((text) => text.fileElsewhere);
  if (attachment.size > MAX_RASTER_BYTES) throw new Refusal((text) => text.fileTooLarge);
  return attachment;
}
