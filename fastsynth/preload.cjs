// What fastsynth changes in the Node process that runs the jsii kernel; other Node processes are left alone.
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');
const threads = require('worker_threads');

if (threads.isMainThread && process.argv[1] && path.basename(process.argv[1]) === 'lib__program.js') {
  delete process.env.NODE_COMPILE_CACHE; // this process has read it; none that it starts should
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

  // A provider's lib/index.js reads the file of every namespace; lib/lazy-index.js beside it reads one on first use.
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    const file = really(resolve.call(this, request, ...rest));
    if (!request.startsWith('@cdktf/provider-') || !file.endsWith(path.join('lib', 'index.js'))) return file;
    const lazy = path.join(path.dirname(file), 'lazy-index.js');
    return fs.existsSync(lazy) ? lazy : file;
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

  // On a package's first use jsii indexes it in a worker. process.exit would end that work unfinished, on every run.
  const { Worker } = threads;
  const exit = process.exit;
  let running = 0;
  let code;
  threads.Worker = class extends Worker {
    constructor(file, ...args) {
      super(path.join(path.dirname(file), `lib__${path.basename(file)}`), ...args);
      running += 1;
      this.once('exit', () => {
        running -= 1;
        if (running === 0 && code !== undefined) exit(code);
      });
    }
  };
  process.exit = (wanted) => {
    if (running === 0) exit(wanted);
    else code = wanted ?? 0;
  };
}
