// What fastsynth changes in the Node process that runs the jsii kernel; other Node processes are left alone.
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');
const threads = require('worker_threads');
const zlib = require('zlib');

if (threads.isMainThread && process.argv[1] && path.basename(process.argv[1]) === 'lib__program.js') {
  delete process.env.NODE_COMPILE_CACHE; // this process has read it; none that it starts should
  process.on('uncaughtException', (error) => {
    if (error.code !== 'ECONNRESET' && error.code !== 'EPIPE') fs.writeSync(2, `${error.stack}\n`);
    exit(1); // the Python program is gone, or the kernel has failed, which Python says
  });
  process.noDeprecation = true; // of functions that CDKTF's JavaScript calls

  // jsii links every package into a folder with a new name in each run. Node keeps compiled code under the name of the
  // file, so a file is named by where it really is; what it requires is still looked up from the link.
  const links = new Map();
  const folderOfPackage = /^(.*[\\/]jsii-kernel-[^\\/]+[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)([\\/].*)$/;
  const really = (file) => {
    const [, link, rest] = folderOfPackage.exec(file) ?? [];
    if (link === undefined) return file;
    if (!links.has(link)) links.set(link, fs.realpathSync(link));
    return links.get(link) + rest;
  };
  const nodeModulePaths = Module._nodeModulePaths;
  Module._nodeModulePaths = (from) => {
    for (const [link, folder] of links) {
      if (from === folder || from.startsWith(folder + path.sep)) {
        return nodeModulePaths.call(Module, link + from.slice(folder.length));
      }
    }
    return nodeModulePaths.call(Module, from);
  };

  // jsii opens a provider's archive; it gets the small form of it.
  const cache = process.env.FASTSYNTH_PACKAGES;
  delete process.env.FASTSYNTH_PACKAGES;
  const { codeOf, prepare } = require('./provider.cjs');
  const tokens = require('./tokens.cjs');
  const say = (text) => fs.writeSync(2, `fastsynth: ${text}\n`);
  const known = new Map();
  let opened;
  const open = fs.openSync;
  fs.openSync = (file, ...rest) => {
    if (!cache || !zlib.crc32 || !/provider-[^\\/]*\.jsii\.tgz$/.test(file)) return open(file, ...rest);
    if (!known.has(file)) {
      known.set(file, undefined); // making it small opens the archive too
      known.set(file, codeOf(file, cache, say));
    }
    opened = known.get(file);
    return open(opened === undefined ? file : opened.small, ...rest);
  };

  // jsii reads the descriptions of all types of a provider, 32 MB, to look at a few hundred of them. It asks what it gets
  // for pieces of text by their place, so each piece is read when it is asked for.
  const readFile = fs.readFileSync;
  fs.readFileSync = (file, ...rest) => {
    if (rest.length > 0 || typeof file !== 'string' || !file.endsWith('.jsii.runtime-defs.v1.jsonl')) {
      return readFile(file, ...rest);
    }
    const descriptor = open(file);
    return {
      toString: (encoding, from, to) => {
        const piece = Buffer.allocUnsafe(to - from);
        let read = 0;
        while (read < piece.length) {
          const more = fs.readSync(descriptor, piece, read, piece.length - read, from + read);
          if (more === 0) throw new Error(`${file} is shorter than its index says`);
          read += more;
        }
        return piece.toString(encoding);
      },
    };
  };

  // A provider's lib/index.js reads the file of every namespace; lib/lazy-index.js beside it reads one on first use.
  const codes = [];
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, ...rest) {
    const code = request.startsWith('.') && codes.find((candidate) => candidate.has(parent?.filename));
    const inside = code && code.find(request, parent.filename);
    if (inside) return inside;
    const file = really(resolve.call(this, request, parent, ...rest));
    if (!request.startsWith('@cdktf/provider-') || !file.endsWith(path.join('lib', 'index.js'))) return file;
    const lazy = path.join(path.dirname(file), 'lazy-index.js');
    if (opened !== undefined && !codes.includes(opened)) {
      opened.serve(path.dirname(path.dirname(file)));
      codes.push(opened);
    }
    return fs.existsSync(lazy) ? lazy : file;
  };
  const read = Module._extensions['.js'];
  Module._extensions['.js'] = (module, file) => {
    const code = codes.find((candidate) => candidate.has(file));
    if (code) module._compile(code.read(file), file);
    else read(module, file);
    if (tokens.knows(file)) tokens.install(module);
  };

  // Few programs make an archive, and the library for it is half of what CDKTF reads at its start.
  const load = Module._load;
  Module._load = function (request, ...rest) {
    if (request !== 'archiver') return load.call(this, request, ...rest);
    const archiver = () => load.call(this, request, ...rest);
    return new Proxy(() => {}, {
      apply: (_target, self, values) => Reflect.apply(archiver(), self, values),
      get: (_target, name) => archiver()[name],
    });
  };

  // CDKTF notes for every token where in its JavaScript it was made, for error messages. To a Python program that says
  // nothing, and takes a tenth of the time of a synthesis. Its request has an empty own `stack`; no Error has.
  const capture = Error.captureStackTrace;
  Error.captureStackTrace = (object, below) => {
    if (object instanceof Error || object.stack !== '') capture(object, below);
  };

  // For a message that is needed when a type is missing, jsii has every type it meets described, also when there is one.
  const util = require('util');
  const describes = (value) => typeof value?.type === 'object' && /^(fqn|primitive|collection|union)$/.test(Object.keys(value.type)[0]);
  util.inspect = new Proxy(util.inspect, {
    apply: (inspect, self, values) =>
      values.length === 1 && describes(values[0]) ? JSON.stringify(values[0]) : Reflect.apply(inspect, self, values),
  });

  // On a package's first use jsii indexes it in a worker. process.exit would end that work unfinished, on every run.
  const { Worker } = threads;
  const exit = process.exit;
  let running = 0;
  let code;
  const awaited = (worker) => {
    running += 1;
    worker.once('exit', () => {
      running -= 1;
      if (running === 0 && code !== undefined) exit(code);
    });
  };
  threads.Worker = class extends Worker {
    constructor(file, ...args) {
      super(path.join(path.dirname(file), `lib__${path.basename(file)}`), ...args);
      awaited(this);
    }
  };
  process.exit = (wanted) => {
    if (running === 0) exit(wanted);
    else code = wanted ?? 0;
  };

  // Until a program asks for its provider, CDKTF is unpacked, which takes as long as making the provider small.
  const installed = (process.env.FASTSYNTH_PROVIDERS ?? '').split(path.delimiter).filter(Boolean);
  delete process.env.FASTSYNTH_PROVIDERS;
  const preparing = cache && zlib.crc32 && prepare(installed, cache);
  if (preparing) awaited(preparing);
}
