/** A worker of the wasm engine. */
import { openEmbeddedDevice } from '../embedded.ts';
import { engineOf } from '../fused/engine.ts';
import { devicePeak } from '../fused/peak.ts';
import { openFusedReplica } from './fused-replica.ts';
import { openMember, replicaStart } from './member.ts';
import { serve } from './serve.ts';

serve({
  async open(config, membership) {
    const replica = openFusedReplica(await openEmbeddedDevice(), config, replicaStart(membership));
    const answers = engineOf(replica.trained, membership.updates);
    return { member: openMember(replica, config, membership), answers };
  },
  measurePeak: async () => devicePeak(await openEmbeddedDevice()),
});
