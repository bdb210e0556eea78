/** The Gateway's side: hello, identify, heartbeat, resume, dispatch; a session for each shard. */
import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { WebSocket, WebSocketServer } from 'ws';
import type { Json } from './rules.ts';

export interface Gateway {
  /** Sends an event to the shard of its server, or keeps it until there is one. */
  dispatch(type: string, data: Json): void;
  /** Cuts the connections without a word. */
  drop(): void;
  /** Asks the clients to reconnect (op 7). */
  reconnect(): void;
  /** Ends the sessions (op 9). */
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
  /** How many shards there are. */
  readonly shards: number;
}

/** What one shard has been told. */
interface Session {
  id: string;
  isValid: boolean;
  socket: WebSocket | undefined;
  /** Everything dispatched in the session, for a client that resumes. */
  events: { readonly t: string; readonly d: Json; readonly s: number }[];
}

/** The shard of a server (docs, "Sharding"); what belongs to none goes to the first. */
export function shardOf(guild: unknown, shards: number): number {
  return typeof guild === 'string' ? Number((BigInt(guild) >> 22n) % BigInt(shards)) : 0;
}

export function openGateway({ server, token, applicationId, url, shards }: GatewayOptions): Gateway {
  const sockets = new WebSocketServer({ server });
  const news = new EventEmitter().setMaxListeners(0);
  const counts = { identified: 0, resumed: 0 };
  const sessions = Array.from({ length: shards }, (): Session => ({
    id: '',
    isValid: true,
    socket: undefined,
    events: [],
  }));

  const send = (socket: WebSocket, packet: Json): void => socket.send(JSON.stringify(packet));
  const tell = (session: Session, t: string, d: Json): void => {
    const event = { op: 0, t, d, s: session.events.length + 1 };
    session.events.push(event);
    if (session.socket?.readyState === WebSocket.OPEN) send(session.socket, event);
  };
  const each = (act: (socket: WebSocket) => void): void => {
    for (const { socket } of sessions) if (socket) act(socket);
  };

  const identify = (socket: WebSocket, shard: readonly [number, number]): void => {
    const session = sessions[shard[0]] as Session;
    const isFirst = session.id === '';
    counts.identified++;
    news.emit('counted');
    const missed = session.events;
    Object.assign(session, { id: `${shard[0]}-${counts.identified}`, isValid: true, socket, events: [] });
    tell(session, 'READY', {
      v: 10,
      user: { id: applicationId, username: 'sketch', discriminator: '0', avatar: null, bot: true },
      guilds: [],
      session_id: session.id,
      resume_gateway_url: url(),
      shard,
      application: { id: applicationId, flags: 0 },
    });
    // What came before there was a client; of a session that ended, nothing.
    if (isFirst) for (const { t, d } of missed) tell(session, t, d);
  };

  const resume = (socket: WebSocket, { session_id: id, seq }: Json): void => {
    const session = sessions.find((one) => one.id === id && one.isValid);
    if (!session) {
      send(socket, { op: 9, d: false });
      return;
    }
    counts.resumed++;
    news.emit('counted');
    session.socket = socket;
    for (const event of session.events.filter(({ s }) => s > (seq as number))) send(socket, { op: 0, ...event });
    send(socket, { op: 0, t: 'RESUMED', d: {}, s: session.events.length });
  };

  sockets.on('connection', (socket) => {
    send(socket, { op: 10, d: { heartbeat_interval: 41_250 } });
    socket.on('message', (bytes: Buffer) => {
      const { op, d } = JSON.parse(bytes.toString()) as { op: number; d: Json };
      if (op === 1) send(socket, { op: 11 });
      else if (op !== 2 && op !== 6) return;
      else if (d['token'] !== token) socket.close(4004);
      else if (op === 2) identify(socket, (d['shard'] ?? [0, 1]) as [number, number]);
      else resume(socket, d);
    });
  });

  return {
    dispatch: (type, data) => tell(sessions[shardOf(data['guild_id'], shards)] as Session, type, data),
    counts,
    async until(isTrue) {
      while (!isTrue(counts)) await once(news, 'counted');
    },
    drop: () => each((socket) => socket.terminate()),
    reconnect: () => each((socket) => send(socket, { op: 7, d: null })),
    invalidate() {
      for (const session of sessions) session.isValid = false;
      each((socket) => send(socket, { op: 9, d: false }));
    },
    close: (code) => each((socket) => socket.close(code)),
    stop() {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}
