// What fastsynth changes in the Node process that runs the jsii kernel; other Node processes are left alone.
'use strict';
const fs = require('fs');
const Module = require('module');
const path = require('path');
const threads = require('worker_threads');

if (threads.isMainThread && process.argv[1] && path.basename(process.argv[1]) === 'lib__program.js') {
  process.noDeprecation = true; // of functions that CDKTF's JavaScript calls

  // A provider's lib/index.js reads the file of every namespace; lib/lazy-index.js beside it reads one on first use.
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, ...rest) {
    const file = resolve.call(this, request, ...rest);
    if (!request.startsWith('@cdktf/provider-') || !file.endsWith(path.join('lib', 'index.js'))) return file;
    const lazy = path.join(path.dirname(file), 'lazy-index.js');
    return fs.existsSync(lazy) ? lazy : file;
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
