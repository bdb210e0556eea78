/** A worker of the tensorflow engine. */
import { openMember, replicaStart } from '../workers/member.ts';
import { serve } from '../workers/serve.ts';
import { linkedPackage, loadPackage } from './load.ts';
import { tensorflowPeak } from './peak.ts';
import { openTensorFlowReplica } from './replica.ts';

serve({
  async open(config, membership) {
    await load();
    const replica = openTensorFlowReplica(config, replicaStart(membership));
    return { member: openMember(replica, config, membership), answers: replica.answers };
  },
  async measurePeak() {
    await load();
    return tensorflowPeak();
  },
});

/** The thread of the engine has loaded it before, so that it is linked. */
async function load(): Promise<void> {
  await loadPackage(linkedPackage() as string);
}
