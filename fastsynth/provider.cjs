// A provider's archive, made small once and kept in the user's cache folder.
//
// Plain jsii unpacks 4,300 files and parses 120 MB of type descriptions on the first use of a provider. Instead the
// JavaScript goes into one file, read piece by piece; the rest, with the index of types that jsii itself would make,
// into an archive of a few files that jsii unpacks in its stead. On any trouble jsii gets the archive as it is.
'use strict';
const fs = require('fs');
const crypto = require('crypto');
const path = require('path');
const { Worker, isMainThread, workerData } = require('worker_threads');
const zlib = require('zlib');
const { filesOf, tarOf } = require('./archive.cjs');
const { startIndexing } = require('./types.cjs');

const FORMAT = '3';
const ENTRIES = ['package.json', 'lib/index.js', 'lib/lazy-index.js'];
const SECONDS = 60;

// Writes the small archive and the JavaScript of the provider in `archive` to the folder `target`, all or nothing.
function build(archive, target) {
  const folder = fs.mkdtempSync(`${target}.new-`);
  try {
    const table = {};
    const small = [];
    let start = 0;
    let indexed;
    const code = fs.openSync(path.join(folder, 'code.js'), 'wx');
    for (const [name, content] of filesOf(archive)) {
      if (name === '.jsii') {
        indexed = startIndexing(content);
      } else if (/^lib\/.*\.js$/.test(name)) {
        const map = content.lastIndexOf('//# sourceMappingURL=');
        const kept = map < 0 ? content : content.subarray(0, map);
        table[name] = [start, kept.length, zlib.crc32(kept)];
        start += fs.writeSync(code, kept);
      }
      if (ENTRIES.includes(name)) small.push([name, Buffer.from(content)]);
    }
    fs.closeSync(code);
    if (small.length !== ENTRIES.length || !indexed) throw new Error('it has not the files that it had when fastsynth was tested');

    small.push(...indexed());
    const tar = tarOf(small.map(([name, content]) => [`package/${name}`, content]));
    const zipped = zlib.gzipSync(tar, { level: 1 });
    fs.writeFileSync(path.join(folder, 'small.tgz'), zipped);
    const body = JSON.stringify({ files: table, small: zlib.crc32(zipped) });
    fs.writeFileSync(path.join(folder, 'table.json'), `${zlib.crc32(body)}\n${body}`);
    fs.renameSync(folder, target);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

// The JavaScript of one provider, from the one file; throws if what is kept is not whole.
class Code {
  constructor(folder, archive, say) {
    this.folder = folder;
    this.archive = archive;
    this.say = say;
    const [sum, body] = fs.readFileSync(path.join(folder, 'table.json'), 'utf8').split('\n');
    if (zlib.crc32(body) !== Number(sum)) throw new Error('its table is damaged');
    const { files, small } = JSON.parse(body);
    if (zlib.crc32(fs.readFileSync(this.small)) !== small) throw new Error('its small archive is damaged');
    this.table = files;
    this.file = fs.openSync(path.join(folder, 'code.js'));
  }

  get small() {
    return path.join(this.folder, 'small.tgz');
  }

  // Says where jsii has put the rest of the package.
  serve(root) {
    this.root = root;
  }

  // The path of a file in the package, as it is named in the table.
  nameOf(file) {
    return this.root && file?.startsWith(this.root + path.sep) ? path.relative(this.root, file).replaceAll(path.sep, '/') : '';
  }

  // The path of what `request` asks for in a file of the package; undefined if it is not in the table.
  find(request, file) {
    const name = path.posix.join(path.posix.dirname(this.nameOf(file)), request);
    const found = [name, `${name}.js`, `${name}/index.js`].find((candidate) => Object.hasOwn(this.table, candidate));
    return found && path.join(this.root, found);
  }

  has(file) {
    return Object.hasOwn(this.table, this.nameOf(file));
  }

  read(file) {
    const name = this.nameOf(file);
    const [start, length, sum] = this.table[name];
    const content = Buffer.alloc(length);
    fs.readSync(this.file, content, 0, length, start);
    if (zlib.crc32(content) === sum) return content.toString('utf8');
    this.say(`${name} is damaged in ${this.folder}, and is read from the archive instead`);
    fs.rmSync(this.folder, { recursive: true, force: true }); // the next run makes it anew
    for (const [found, whole] of filesOf(this.archive)) if (found === name) return whole.toString('utf8');
    throw new Error(`${name} is not in ${this.archive}`);
  }
}

// Whether only this user can have written to the folder.
function isOurs(folder) {
  const found = fs.lstatSync(folder);
  return found.isDirectory() && found.uid === process.geteuid() && (found.mode & 0o022) === 0;
}

// The folder in which an archive as it is now is kept in its small form.
function targetOf(archive, cache) {
  const found = fs.statSync(archive, { bigint: true });
  const stamp = [FORMAT, archive, found.size, found.mtimeNs, found.ctimeNs].join(' ');
  return path.join(cache, crypto.createHash('sha256').update(stamp).digest('hex').slice(0, 32));
}

// Begins to make the archives small that are not yet, beside what Node does until a program asks for one of them. Gives
// the thread that does it, or undefined.
const coming = new Map();
function prepare(archives, cache) {
  const missing = archives.filter((archive) => fs.existsSync(archive) && !fs.existsSync(targetOf(archive, cache)));
  if (missing.length === 0) return undefined;
  const done = new Int32Array(new SharedArrayBuffer(4 * missing.length));
  missing.forEach((archive, row) => coming.set(archive, () => Atomics.wait(done, row, 0, SECONDS * 1000)));
  const worker = new Worker(__filename, { workerData: { archives: missing, cache, done } });
  worker.on('error', () => {}); // without memory it ends; whoever asks for the provider tries again, and says what is wrong
  return worker;
}

// The code of an archive, made small now if it is not; undefined when that cannot be done.
function codeOf(archive, cache, say) {
  const name = path.basename(archive);
  const target = targetOf(archive, cache);
  coming.get(archive)?.();
  if (fs.existsSync(target)) {
    if (!isOurs(target)) {
      say(`${name} is used as it is, slowly: others can write to ${target}`);
      return undefined;
    }
    try {
      return new Code(target, archive, say);
    } catch {
      fs.rmSync(target, { recursive: true, force: true }); // it is made again
    }
  }
  try {
    build(archive, target);
  } catch (error) {
    if (!fs.existsSync(target)) {
      say(`${name} is used as it is, slowly: ${error.message}`);
      return undefined;
    } // another process has made it meanwhile
  }
  return new Code(target, archive, say);
}

module.exports = { codeOf, prepare };

if (!isMainThread && workerData?.archives) {
  const { archives, cache, done } = workerData;
  archives.forEach((archive, row) => {
    try {
      build(archive, targetOf(archive, cache));
    } catch {
      // whoever asks for it tries again, and says what is wrong
    } finally {
      Atomics.store(done, row, 1);
      Atomics.notify(done, row);
    }
  });
}
