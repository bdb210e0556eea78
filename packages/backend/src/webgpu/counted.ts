/** What a GPU device has made since it was counted. */
interface Counted {
  /** Buffers that were not destroyed. */
  readonly live: ReadonlySet<GPUBuffer>;
  readonly made: { readonly bindGroups: number };
}

/** Counts from now on what a device makes, for tests. */
export function countObjects(device: GPUDevice): Counted {
  const live = new Set<GPUBuffer>();
  const made = { bindGroups: 0 };
  const [createBuffer, createBindGroup] = [device.createBuffer.bind(device), device.createBindGroup.bind(device)];
  device.createBuffer = (descriptor) => {
    const buffer = createBuffer(descriptor);
    const destroy = buffer.destroy.bind(buffer);
    buffer.destroy = () => {
      live.delete(buffer);
      destroy();
      return undefined;
    };
    live.add(buffer);
    return buffer;
  };
  device.createBindGroup = (descriptor) => {
    made.bindGroups += 1;
    return createBindGroup(descriptor);
  };
  return { live, made };
}
