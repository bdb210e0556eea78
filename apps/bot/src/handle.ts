/** From a request to a reply: all that the bot does, knowing nothing of how either travels. */
import type { Asking, Course, Surroundings } from './asking.ts';
import { BECOME_FIELD, buttonActions } from './buttons/buttons.ts';
import { commandNamed } from './commands/index.ts';
import { readId } from './custom-id.ts';
import { DEFAULT_STEPS } from './limits.ts';
import { morphedReply } from './pictures/morphed.ts';
import { Refusal } from './refusal.ts';
import { privately, type Reply } from './reply.ts';
import type { ButtonRequest, CommandRequest, CompletionRequest, FormRequest, Request } from './request.ts';
import { textIn } from './text/text-in.ts';

/**
 * Answers a request.
 *
 * What cannot be had is a private message that says what to do; only faults of the program and the course's own end are thrown.
 */
export type Handle = (request: Request, course: Course) => Promise<Reply>;

/** Makes the one function behind every transport. */
export function createHandle(surroundings: Surroundings): Handle {
  return async (request, course) => {
    const { user, locale } = request;
    const text = textIn(locale);
    try {
      const place = request.kind === 'command' ? request.place : undefined;
      return await answer(request, { ...surroundings, ...course, user, place, locale, text });
    } catch (error) {
      if (error instanceof Refusal) return privately(error.say(text));
      throw error;
    }
  };
}

/** Whether the answer, if it takes time, is for the asker alone: Discord wants to know before there is one. */
export function isPrivate(request: Request): boolean {
  switch (request.kind) {
    case 'command':
      return commandNamed(request.name)?.isPrivate ?? true;
    case 'button':
      return buttonActions[readId(request.id)?.action ?? '']?.isPrivate ?? true;
    case 'completion':
    case 'form':
      return false;
  }
}

/** What is counted and logged of a request: neither who asked nor what was said, and no name that we did not give. */
export function labelsOf(request: Request): { readonly kind: Request['kind']; readonly name: string } {
  const { kind } = request;
  const name = 'name' in request ? request.name : (readId(request.id)?.action ?? '');
  const isKnown = 'name' in request ? commandNamed(name) !== undefined : Object.hasOwn(buttonActions, name);
  return { kind, name: isKnown ? name : 'unknown' };
}

function answer(request: Request, asking: Asking): Promise<Reply> {
  switch (request.kind) {
    case 'command':
      return run(request, asking);
    case 'completion':
      return Promise.resolve(complete(request, asking));
    case 'button':
      return press(request, asking);
    case 'form':
      return submit(request, asking);
  }
}

async function run({ name, options }: CommandRequest, asking: Asking): Promise<Reply> {
  const command = commandNamed(name);
  if (!command) throw new Refusal((text) => text.unknownCommand);
  if (command.onMessages && Object.keys(options).length === 0) throw new Refusal((text) => text.noAttachment);
  return command.run(options, asking);
}

function complete({ typed }: CompletionRequest, { classes, locale }: Asking): Reply {
  const choices = classes.suggest(typed).map((value) => ({ name: classes.nameOf(value, locale), value }));
  return { kind: 'choices', choices };
}

async function press({ id, attachments }: ButtonRequest, asking: Asking): Promise<Reply> {
  const pressed = readId(id);
  const action = pressed && Object.hasOwn(buttonActions, pressed.action) ? buttonActions[pressed.action] : undefined;
  if (!pressed || !action) throw new Refusal((text) => text.oldButton);
  return action.press({ fields: pressed.fields, attachments }, asking);
}

/** The one form there is asks what a class should turn into. */
async function submit({ id, fields }: FormRequest, asking: Asking): Promise<Reply> {
  const pressed = readId(id);
  if (pressed?.action !== 'become') throw new Refusal((text) => text.oldButton);
  const [from = ''] = pressed.fields;
  const { classes, locale } = asking;
  const way = { from: classes.find(from, locale), to: classes.find(fields[BECOME_FIELD] ?? '', locale) };
  return morphedReply({ ...way, steps: DEFAULT_STEPS, seed: undefined }, asking);
}
