// CDKTF's search for tokens, without looking closely at what cannot hold one.
//
// A synthesis looks through every value three times, and prepares for each, be it a plain number, that it is a token.
// Here the tree is walked first: what is plainly a text, number or switch is taken as it is, and a place that may be a
// token is left to CDKTF, with the path and the options that CDKTF's own walk would have come there with.
'use strict';
const fs = require('fs');
const zlib = require('zlib');

const FILE = /[\\/]lib[\\/]tokens[\\/]private[\\/]resolve\.js$/;
const TESTED = 2309010033; // of the file's code; another one is left alone
const DEEPEST = 200; // where CDKTF takes it for a circle
const MARKER = 'TfToken['; // in every text that stands for a token
const LIST_MARKER = `#{${MARKER}`;
const NUMBER = /[-|\d.+]e[-|\d.eE+]/; // where CDKTF looks for numbers that stand for tokens; a superset of it

const knows = (file) =>
  FILE.test(file) && zlib.crc32(fs.readFileSync(file, 'utf8').split('//# sourceMappingURL=')[0]) === TESTED;

// Puts the faster walk in the place of `module.exports.resolve`.
function install(module) {
  const { resolve } = module.exports;
  const tokens = module.require('../token'); // not filled yet: it requires this module

  const isMap = (text) => text === tokens.Token.STRING_MAP_TOKEN_VALUE || text === tokens.Token.ANY_MAP_TOKEN_VALUE;

  // Whether CDKTF would return the text, number or switch as it is.
  const plain = (value) => {
    switch (typeof value) {
      case 'string':
        return !value.includes(MARKER) && !NUMBER.test(value) && !isMap(value);
      case 'number':
        return value >= 0 && value < Number.MAX_SAFE_INTEGER; // numbers that stand for tokens are far below 0
      case 'boolean':
      case 'undefined':
        return true;
      default:
        return value === null;
    }
  };

  // Whether it is an ordinary object or list, of which only the values are to be looked at.
  const container = (value) =>
    Array.isArray(value)
      ? value.every((item) => typeof item !== 'number' || plain(item)) && value.every(notList)
      : (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null) &&
        typeof value.resolve !== 'function' &&
        !(value._children !== undefined && value._metadata !== undefined) &&
        Object.keys(value).every(plain);
  const notList = (item) => typeof item !== 'string' || !item.includes(LIST_MARKER);

  const walk = (value, options, path) => {
    if (path.length > DEEPEST) return resolve(value, { ...options, prefix: [...path] });
    if (plain(value)) return value;
    if (typeof value !== 'object' || !container(value)) return resolve(value, { ...options, prefix: [...path] });
    if (Array.isArray(value)) {
      const list = [];
      for (let index = 0; index < value.length; index += 1) {
        path.push(`${index}`);
        const item = walk(value[index], options, path);
        path.pop();
        if (item !== undefined) list.push(item);
      }
      return list;
    }
    const result = {};
    for (const key of Object.keys(value)) {
      path.push(key);
      const found = walk(value[key], options, path);
      path.pop();
      if (found !== undefined) result[key] = found;
    }
    return result;
  };
  module.exports.resolve = (value, options) => walk(value, options, [...(options.prefix ?? [])]);
}

module.exports = { install, knows };
