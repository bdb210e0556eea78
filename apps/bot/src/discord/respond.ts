/** The course of one interaction: a first answer at once, the whole when it is there. */
import { randomBytes } from 'node:crypto';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { DiscordAPIError, type Interaction, MessageFlags, RESTJSONErrorCodes } from 'discord.js';
import type { Logger } from 'pino';
import { type Handle, isPrivate, labelsOf } from '../handle.ts';
import type { Metrics } from '../metrics.ts';
import { removeButton } from '../pictures/buttons.ts';
import { privately, type Reply } from '../reply.ts';
import type { Request } from '../request.ts';
import type { Text } from '../text/text.ts';
import { textIn } from '../text/text-in.ts';
import { type Answerable, isAnswerable, requestOf } from './request-of.ts';
import { modalOf, payloadOf } from './payload.ts';

export interface Responder {
  /** Answers an interaction; never throws. */
  readonly respond: (interaction: Interaction) => Promise<void>;
  /** Refuses what is new from now on, and waits so many milliseconds for what is being made; then ends it. */
  readonly drain: (patience: number) => Promise<void>;
}

export interface ResponderOptions {
  readonly handle: Handle;
  readonly log: Logger;
  readonly metrics: Metrics;
}

/** Milliseconds before somebody who waits is told so: in a rush the first answers go first. */
const NOTE_AFTER = 1500;

/** Interactions that are being answered, each with what ends its work. */
type Running = Map<string, AbortController>;

/** An interaction with all that its answer needs. */
interface Case {
  readonly interaction: Answerable;
  readonly request: Request;
  readonly text: Text;
  readonly controller: AbortController;
  readonly running: Running;
}

export function createResponder({ handle, log, metrics }: ResponderOptions): Responder {
  const running: Running = new Map();
  const active = new Set<Promise<void>>();
  let isStopping = false;

  const answer = async (one: Case): Promise<string> => {
    const { interaction, request, text, controller } = one;
    if (isStopping) {
      await first(one, request.kind === 'completion' ? { kind: 'choices', choices: [] } : privately(text.stopping));
      return 'stopping';
    }
    let waiting: string | undefined;
    const work = handle(request, { signal: controller.signal, onWaiting: (words) => (waiting = words) }).catch(
      (error: unknown) => {
        controller.signal.throwIfAborted();
        const code = randomBytes(4).toString('hex');
        log.error({ err: error, code, ...labelsOf(request) }, 'fault');
        return privately(text.fault(code));
      },
    );
    // Nobody listens until the first answer is out; whether it ended by then is looked at below.
    work.catch(() => undefined);
    // What needs no waiting is there after a turn of the loop: it is the first answer, and may be private where the whole is not.
    const quick = await Promise.race([work, setImmediate(undefined)]);
    if (quick || interaction.isAutocomplete()) {
      await first(one, quick ?? (await work));
      return outcomeOf(quick);
    }
    await interaction.deferReply(isPrivate(request) ? { flags: MessageFlags.Ephemeral } : {});
    const isLate = (await Promise.race([work, setTimeout(NOTE_AFTER, undefined, { ref: false })])) === undefined;
    if (isLate && waiting !== undefined) {
      const buttons = [removeButton({ text, user: request.user })];
      await interaction.editReply(payloadOf({ content: waiting, files: [], buttons })).catch(endIfGone(controller));
    }
    const reply = await work;
    await whole(one, reply);
    return outcomeOf(reply);
  };

  const follow = async (one: Case): Promise<void> => {
    const { interaction, request, controller, text } = one;
    const done = metrics.asked(labelsOf(request));
    running.set(interaction.id, controller);
    try {
      done(await answer(one));
    } catch (error) {
      const wasEnded = controller.signal.aborted;
      done(wasEnded ? 'cancelled' : 'undelivered');
      if (!wasEnded) {
        // Discord took no answer: there is nobody left to draw for.
        controller.abort(error);
        log.warn({ err: error, ...labelsOf(request) }, 'answer not delivered');
      } else if (isStopping) {
        await whole(one, privately(text.stopping));
      }
    } finally {
      running.delete(interaction.id);
    }
  };

  const respond = async (interaction: Interaction): Promise<void> => {
    try {
      if (!isAnswerable(interaction)) return;
      const request = requestOf(interaction);
      await follow({ interaction, request, text: textIn(request.locale), controller: new AbortController(), running });
    } catch (error) {
      log.error({ err: error }, 'interaction not answered');
    }
  };

  return {
    async respond(interaction) {
      const one = respond(interaction);
      active.add(one);
      await one.finally(() => active.delete(one));
    },

    async drain(patience) {
      isStopping = true;
      const late = AbortSignal.timeout(patience);
      late.addEventListener('abort', () => {
        for (const controller of running.values()) controller.abort(new Error('the bot stops'));
      });
      await Promise.all(active);
    },
  };
}

/** The first and only answer. */
async function first({ interaction, running }: Case, reply: Reply): Promise<void> {
  if (interaction.isAutocomplete()) {
    await interaction.respond(reply.kind === 'choices' ? reply.choices : []);
    return;
  }
  switch (reply.kind) {
    case 'message':
      await interaction.reply({ ...payloadOf(reply), ...(reply.isPrivate && { flags: MessageFlags.Ephemeral }) });
      break;
    case 'form':
      if (!interaction.isModalSubmit()) await interaction.showModal(modalOf(reply));
      break;
    case 'removal':
      if (!interaction.isButton()) break;
      await interaction.deferUpdate();
      running.get(interaction.message.interactionMetadata?.id ?? '')?.abort(new Error('deleted'));
      await interaction.deleteReply();
      break;
    case 'choices':
      break;
  }
}

/** The answer that was announced. */
async function whole({ interaction, request, text }: Case, reply: Reply): Promise<void> {
  if (reply.kind !== 'message' || interaction.isAutocomplete()) return;
  const bytes = reply.files.reduce((sum, file) => sum + file.bytes.length, 0);
  const message = bytes > interaction.attachmentSizeLimit ? privately(text.tooLargeToSend) : reply;
  if (message.isPrivate && !isPrivate(request)) {
    // What was announced to all cannot become private: it goes, and the asker gets a message of their own.
    await interaction.deleteReply();
    await interaction.followUp({ ...payloadOf(message), flags: MessageFlags.Ephemeral });
  } else {
    await interaction.editReply(payloadOf(message));
  }
}

/** Somebody deleted the announcement: what is being made has no place any more. */
function endIfGone(controller: AbortController): (error: unknown) => void {
  return (error) => {
    const isGone = error instanceof DiscordAPIError && error.code === RESTJSONErrorCodes.UnknownMessage;
    if (!isGone) throw error;
    controller.abort(new Error('deleted'));
  };
}

/** Words alone, for the asker alone, is how one is refused; `/help` is meant to be so. */
function outcomeOf(reply: Reply | undefined): string {
  return reply?.kind === 'message' && reply.isPrivate ? 'private' : 'answered';
}
