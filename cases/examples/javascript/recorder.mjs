// Job, trace and events for a port in JavaScript, from cases/FORMATS.md alone. Needs Node 18.

import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DTYPES = { F32: Float32Array, F64: Float64Array, I64: BigInt64Array };
const NAMES = new Map(Object.entries(DTYPES).map(([name, type]) => [type, name]));

/** Every tensor of a safetensors file: its elements, and its shape beside them. */
export function load(file) {
  const bytes = readFileSync(file);
  const size = Number(bytes.readBigUInt64LE(0));
  const tensors = {};
  for (const [name, t] of Object.entries(JSON.parse(bytes.subarray(8, 8 + size)))) {
    if (name === '__metadata__') continue;
    const data = Uint8Array.prototype.slice.call(bytes, ...t.data_offsets.map((o) => 8 + size + o));
    tensors[name] = Object.assign(new DTYPES[t.dtype](data.buffer), { shape: t.shape });
  }
  return tensors;
}

/** Runs each instance of the job; `scenarios` are functions of parameters, inputs and recorder. */
export function runJob(file, scenarios) {
  const job = JSON.parse(readFileSync(file, 'utf8'));
  const say = (event, instance, more = {}) =>
    appendFileSync(job.events, JSON.stringify({ event, instance, ...more }) + '\n');
  for (const { id, scenario, dtype, parameters, inputs, trace, products } of job.instances) {
    if (!(scenario in scenarios) || !inputs || products === 'exact') {
      const why = scenario in scenarios ? 'only from inputs, as it cannot draw them' : `no scenario '${scenario}'`;
      say('not_run', id, { message: `${scenario}: ${why}` });
      continue;
    }
    say('started', id);
    try {
      mkdirSync(trace, { recursive: true });
      const probe = (name, data, shape) => record(trace, name, data, shape);
      const step = (epoch, epochs, loss) => say('step', id, { epoch, epochs, loss });
      scenarios[scenario](parameters, load(inputs), { probe, step, real: dtype === 'float64' ? Float64Array : Float32Array });
      writeFileSync(join(trace, 'trace.json.partial'), JSON.stringify({ format: 'torch-parity-trace/1', instance: id, provenance: { runtime: `Node ${process.version}` } }));
      renameSync(join(trace, 'trace.json.partial'), join(trace, 'trace.json'));
      say('finished', id);
    } catch (error) {
      console.error(error);
      say('failed', id, { message: String(error) });
    }
  }
}

function record(trace, name, data, shape) {
  const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  const header = JSON.stringify({ [name]: { dtype: NAMES.get(data.constructor), shape, data_offsets: [0, bytes.length] } });
  const length = new Uint8Array(new BigUint64Array([BigInt(header.length)]).buffer);
  writeFileSync(join(trace, `${name}.safetensors`), Buffer.concat([length, Buffer.from(header), bytes]));
  appendFileSync(join(trace, 'probes.jsonl'), JSON.stringify({ probe: name }) + '\n');
}
