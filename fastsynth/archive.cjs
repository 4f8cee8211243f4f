// Packages as npm packs them: compressed tar archives, read piece by piece and made anew.
'use strict';
const fs = require('fs');
const zlib = require('zlib');

const { openSync } = fs; // kernel.cjs puts its own in the place of it

const BLOCK = 512;
const PIECE = 1 << 20;

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

module.exports = { filesOf, tarOf };
