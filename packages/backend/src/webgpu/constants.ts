/** Numbers of the WebGPU specification, which browsers have as globals and Node has not. */
export const BUFFER_USAGE = { MAP_READ: 0x1, COPY_SRC: 0x4, COPY_DST: 0x8, UNIFORM: 0x40, STORAGE: 0x80 } as const;

export const SHADER_STAGE_COMPUTE = 0x4;

export const MAP_MODE_READ = 0x1;
