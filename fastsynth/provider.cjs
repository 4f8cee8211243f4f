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

const { openSync, readFileSync } = fs; // kernel.cjs puts its own in the place of them

const FORMAT = '2';
const BLOCK = 512;
const PIECE = 1 << 20;
const FEATURES = ['intersection-types', 'class-covariant-overrides'];
const SECONDS_FOR_INDEX = 60;

// Yields the content of a compressed file, piece by piece: as a whole it would take a gigabyte of memory.
function* unzipped(archive) {
  const stream = zlib.createGunzip({ chunkSize: PIECE });
  const file = openSync(archive);
  const piece = Buffer.alloc(PIECE);
  try {
    for (let length; (length = fs.readSync(file, piece)) > 0; ) {
      const handle = stream._handle;
      const close = handle.close;
      handle.close = () => {}; // Node closes it after each synchronous piece
      const out = stream._processChunk(piece.subarray(0, length), zlib.constants.Z_SYNC_FLUSH);
      handle.close = close;
      stream._handle = handle;
      stream.removeAllListeners('error'); // it adds one for each
      if (out) yield out;
    }
  } finally {
    fs.closeSync(file);
  }
}

// Yields name and content of each file of a compressed tar archive.
function* filesOf(archive) {
  const pieces = unzipped(archive);
  let rest = Buffer.alloc(0);
  const take = (length) => {
    const parts = [rest];
    for (let have = rest.length; have < length; have += rest.length) {
      const { done, value } = pieces.next();
      if (done) throw new Error('the archive ends in the middle of a file');
      rest = value;
      parts.push(value);
    }
    const all = parts.length === 1 ? rest : Buffer.concat(parts);
    rest = all.subarray(length);
    return all.subarray(0, length);
  };
  for (let header = take(BLOCK); header[0] !== 0; header = take(BLOCK)) {
    const text = (from, length) => header.toString('utf8', from, from + length).replace(/\0.*$/s, '');
    const size = parseInt(text(124, 12), 8);
    const kind = text(156, 1);
    if (!(size >= 0) || !['0', '', '5'].includes(kind)) throw new Error(`an entry of kind ${kind} in the archive`);
    const name = [text(345, 155), text(0, 100)].filter(Boolean).join('/');
    const content = take(Math.ceil(size / BLOCK) * BLOCK).subarray(0, size);
    if (kind !== '5') yield [name.replace(/^package\//, ''), content];
  }
}

// Makes a tar archive of [name, content] pairs.
function tarOf(files) {
  const parts = [];
  for (const [name, content] of files) {
    const header = Buffer.alloc(BLOCK);
    const put = (value, at) => header.write(value, at, 'latin1');
    put(name, 0);
    put('0000644\0', 100);
    put('0000000\0', 108);
    put('0000000\0', 116);
    put(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
    put('00000000000\0', 136);
    put('        0', 148);
    put('ustar\x0000', 257);
    const sum = header.reduce((total, byte) => total + byte, 0);
    put(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
    parts.push(header, content, Buffer.alloc((BLOCK - (content.length % BLOCK)) % BLOCK));
  }
  return Buffer.concat([...parts, Buffer.alloc(2 * BLOCK)]);
}

// Has jsii's own worker index the types in `folder`/.jsii, and waits for it in a way that needs no event loop.
function startIndexing(folder, program) {
  const signal = new Int32Array(new SharedArrayBuffer(4));
  const data = { program, signal, packageDir: folder, supportedFeatures: FEATURES };
  new Worker(__filename, { workerData: data, resourceLimits: { maxOldGenerationSizeMb: 4069 } }).unref();
  return () => Atomics.wait(signal, 0, 0, SECONDS_FOR_INDEX * 1000);
}

// Writes the small archive and the JavaScript of the provider in `archive` to the folder `target`, all or nothing.
function build(archive, target, program) {
  const folder = fs.mkdtempSync(`${target}.new-`);
  try {
    const table = {};
    const small = [];
    let start = 0;
    let indexed;
    const code = fs.openSync(path.join(folder, 'code.js'), 'wx');
    for (const [name, content] of filesOf(archive)) {
      if (name === '.jsii') {
        fs.writeFileSync(path.join(folder, name), content);
        indexed = startIndexing(folder, program);
      } else if (/^lib\/.*\.js$/.test(name)) {
        const map = content.lastIndexOf('//# sourceMappingURL=');
        const kept = map < 0 ? content : content.subarray(0, map);
        table[name] = [start, kept.length, zlib.crc32(kept)];
        start += fs.writeSync(code, kept);
      }
      if (['package.json', 'lib/index.js', 'lib/lazy-index.js'].includes(name)) small.push([name, Buffer.from(content)]);
    }
    fs.closeSync(code);
    if (small.length !== 3 || !indexed) throw new Error('it has not the files that it had when fastsynth was tested');

    indexed();
    fs.rmSync(path.join(folder, '.jsii'));
    const index = fs.readdirSync(folder).filter((name) => name.startsWith('.jsii.runtime'));
    if (index.length !== 3) throw new Error('jsii made no index of it');
    small.push(...index.map((name) => [name, readFileSync(path.join(folder, name))]));
    const tar = tarOf(small.map(([name, content]) => [`package/${name}`, content]));
    const zipped = zlib.gzipSync(tar, { level: 1 });
    fs.writeFileSync(path.join(folder, 'small.tgz'), zipped);
    const body = JSON.stringify({ files: table, small: zlib.crc32(zipped) });
    fs.writeFileSync(path.join(folder, 'table.json'), `${zlib.crc32(body)}\n${body}`);
    for (const name of index) fs.rmSync(path.join(folder, name));
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

// The code of an archive, made small now if it is not; undefined when that cannot be done.
function codeOf(archive, cache, program, say) {
  const name = path.basename(archive);
  const found = fs.statSync(archive, { bigint: true });
  const stamp = [FORMAT, archive, found.size, found.mtimeNs, found.ctimeNs, fs.statSync(program).size].join(' ');
  const target = path.join(cache, crypto.createHash('sha256').update(stamp).digest('hex').slice(0, 32));
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
    build(archive, target, program);
  } catch (error) {
    if (!fs.existsSync(target)) {
      say(`${name} is used as it is, slowly: ${error.message}`);
      return undefined;
    } // another process has made it meanwhile
  }
  return new Code(target, archive, say);
}

module.exports = { codeOf };

if (!isMainThread && workerData?.signal) {
  const { program, signal } = workerData;
  try {
    require(program);
  } finally {
    Atomics.store(signal, 0, 1);
    Atomics.notify(signal, 0);
  }
}
