// The index of types that jsii makes of a package on its first use, made in a quarter of its time and memory.
//
// jsii parses the whole description, 120 MB, and asks a function about every name in it. Here each type is parsed alone,
// in a thread of its own, and nothing is written to be read again. The result is jsii's, to the byte.
'use strict';
const { Worker, MessageChannel, isMainThread, receiveMessageOnPort, workerData } = require('worker_threads');

const SCHEMA = 'jsii/0.10.0';
const VERSION = 1; // of jsii's runtime index
const [MANIFEST, INDEX, DEFINITIONS] = [
  `.jsii.runtime.v${VERSION}.json`,
  `.jsii.runtime-index.v${VERSION}`,
  `.jsii.runtime-defs.v${VERSION}.jsonl`,
];
const KINDS = ['class', 'interface', 'enum'];
const LEFT_OUT = new Set(['docs', 'locationInModule', 'sourceLine']);
const SECONDS = 60;

// JSON has no line break inside of a text, so in what jsii's compiler writes the depth of a line shows what it belongs to.
const [BEGIN, END, END_OF_TYPE] = ['\n  "types": {', '\n  }', '\n    }'];

// Takes away what no program asks for, at any depth.
function slim(value) {
  for (const key in value) {
    if (!Array.isArray(value) && LEFT_OUT.has(key)) value[key] = undefined;
    else if (typeof value[key] === 'object') slim(value[key]);
  }
}

// Yields name and description of each type in the bytes from `begin` to `end`.
function* typesOf(bytes, begin, end) {
  for (let at = begin; at < end; ) {
    const last = bytes.indexOf(END_OF_TYPE, at) + END_OF_TYPE.length;
    const [[name, type]] = Object.entries(JSON.parse(`{${bytes.toString('utf8', at, last)}}`));
    yield [name, type];
    at = last + 1; // past the comma
  }
}

// Names and contents of the files of the index; throws if the description is not as jsii's compiler writes it today.
function indexOf(bytes) {
  const begin = bytes.indexOf(BEGIN) + BEGIN.length;
  const end = bytes.indexOf(END, begin);
  if (begin < BEGIN.length || end < 0) throw new Error('its description of types is laid out in another way');
  const { types, readme, submodules, ...rest } = JSON.parse(bytes.toString('utf8', 0, begin) + bytes.toString('utf8', end));
  if (rest.schema !== SCHEMA) throw new Error(`its description of types is ${rest.schema}, and not ${SCHEMA}`);
  const names = [];
  const kinds = [];
  const lines = [];
  const offsets = [0];
  for (const [name, type] of typesOf(bytes, begin, end)) {
    slim(type);
    const line = Buffer.from(`${JSON.stringify(type)}\n`);
    names.push(name);
    kinds.push(KINDS.indexOf(type.kind));
    lines.push(line);
    offsets.push(offsets.at(-1) + line.length);
  }
  if (kinds.includes(-1)) throw new Error('it describes a kind of type that is not known');
  const called = Buffer.from(names.join('\n'));
  const places = Buffer.alloc(4 * offsets.length);
  offsets.forEach((offset, row) => places.writeUInt32LE(offset, 4 * row));
  const manifest = {
    schema: 'jsii/runtime-index',
    version: VERSION,
    index: INDEX,
    defs: DEFINITIONS,
    assemblyMetadata: rest,
    layout: {
      typeCount: names.length,
      names: { start: 0, length: called.length },
      kinds: { start: called.length, length: kinds.length },
      offsets: { start: called.length + kinds.length, length: places.length },
    },
  };
  return [
    [MANIFEST, Buffer.from(JSON.stringify(manifest))],
    [INDEX, Buffer.concat([called, Buffer.from(kinds), places])],
    [DEFINITIONS, Buffer.concat(lines)],
  ];
}

// Begins to index a description beside what else is done; what is returned waits for it, without an event loop.
function startIndexing(description) {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const { port1: ours, port2: port } = new MessageChannel();
  const bytes = Uint8Array.from(description);
  const worker = new Worker(__filename, { workerData: { bytes, port, signal }, transferList: [bytes.buffer, port] });
  worker.on('error', () => {}); // it is told as an index that did not come
  worker.unref();
  return () => {
    Atomics.wait(signal, 0, 0, SECONDS * 1000);
    const { files, error } = receiveMessageOnPort(ours)?.message ?? { error: `no index of its types after ${SECONDS} s` };
    if (error) throw new Error(error);
    return files.map(([name, content]) => [name, Buffer.from(content)]);
  };
}

module.exports = { indexOf, startIndexing };

if (!isMainThread && workerData?.signal) {
  const { bytes, port, signal } = workerData;
  try {
    const files = indexOf(Buffer.from(bytes.buffer)).map(([name, content]) => [name, Uint8Array.from(content)]);
    port.postMessage(
      { files },
      files.map(([, content]) => content.buffer),
    );
  } catch (error) {
    port.postMessage({ error: error.message });
  } finally {
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
}
