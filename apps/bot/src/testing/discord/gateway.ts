/** The Gateway's side: hello, identify, heartbeat, resume, dispatch. */
import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Json } from './rules.ts';

export interface Gateway {
  /** Sends an event to the client, or keeps it until there is one. */
  dispatch(type: string, data: Json): void;
  /** Cuts the connection without a word. */
  drop(): void;
  /** Asks the client to reconnect (op 7). */
  reconnect(): void;
  /** Ends the session (op 9). */
  invalidate(): void;
  /** Closes with a code. */
  close(code: number): void;
  /** How often a client has identified, and resumed. */
  readonly counts: { identified: number; resumed: number };
  /** Resolves as soon as something is true of the counts. */
  until(isTrue: (counts: Gateway['counts']) => boolean): Promise<void>;
  stop(): void;
}

export interface GatewayOptions {
  readonly server: Server;
  readonly token: string;
  readonly applicationId: string;
  /** `ws://...` */
  readonly url: () => string;
}

export function openGateway({ server, token, applicationId, url }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const news = new EventEmitter();
  const counts = { identified: 0, resumed: 0 };
  /** Everything dispatched in the session, for a client that resumes. */
  let events: { readonly t: string; readonly d: Json; readonly s: number }[] = [];
  let current: WebSocket | undefined;
  let isValid = true;

  const send = (socket: WebSocket, packet: Json): void => socket.send(JSON.stringify(packet));
  const dispatch = (t: string, d: Json): void => {
    const event = { op: 0, t, d, s: events.length + 1 };
    events.push(event);
    if (current?.readyState === WebSocket.OPEN) send(current, event);
  };

  const identify = (socket: WebSocket, shard: unknown): void => {
    counts.identified++;
    news.emit('counted');
    isValid = true;
    const missed = events.filter(({ t }) => t !== 'READY');
    events = [];
    current = socket;
    dispatch('READY', {
      v: 10,
      user: { id: applicationId, username: 'sketch', discriminator: '0', avatar: null, bot: true },
      guilds: [],
      session_id: `session-${counts.identified}`,
      resume_gateway_url: url(),
      shard: shard ?? [0, 1],
      application: { id: applicationId, flags: 0 },
    });
    // What came before there was a client; of a session that ended, nothing.
    if (counts.identified === 1) for (const { t, d } of missed) dispatch(t, d);
  };

  const resume = (socket: WebSocket, seq: number): void => {
    if (!isValid) {
      send(socket, { op: 9, d: false });
      return;
    }
    counts.resumed++;
    news.emit('counted');
    current = socket;
    for (const event of events.filter(({ s }) => s > seq)) send(socket, { op: 0, ...event });
    send(socket, { op: 0, t: 'RESUMED', d: {}, s: events.length });
  };

  sockets.on('connection', (socket) => {
    send(socket, { op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (bytes: Buffer) => {
      const { op, d } = JSON.parse(bytes.toString()) as { op: number; d: Json };
      if (op === 1) send(socket, { op: 11 });
      else if (op !== 2 && op !== 6) return;
      else if (d['token'] !== token) socket.close(4004);
      else if (op === 2) identify(socket, d['shard']);
      else resume(socket, d['seq'] as number);
    });
  });

  return {
    dispatch,
    counts,
    async until(isTrue) {
      while (!isTrue(counts)) await once(news, 'counted');
    },
    drop: () => current?.terminate(),
    reconnect: () => current && send(current, { op: 7, d: null }),
    invalidate() {
      isValid = false;
      if (current) send(current, { op: 9, d: false });
    },
    close: (code) => current?.close(code),
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
