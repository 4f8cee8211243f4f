// Resolves many values with CDKTF's own walk and with fastsynth's; prints how many were compared, and each difference.
//
// node compare_tokens.cjs FOLDER FASTSYNTH SEED: FOLDER holds node_modules with cdktf and constructs.
'use strict';
const path = require('path');
const util = require('util');

const [folder, fastsynth, seed] = process.argv.slice(2);
const cdktf = require(path.join(folder, 'node_modules/cdktf'));
const file = require.resolve(path.join(folder, 'node_modules/cdktf/lib/tokens/private/resolve.js'));
const tokens = require(path.join(fastsynth, 'tokens.cjs'));
const original = require(file).resolve;
if (!tokens.knows(file)) throw new Error('the tested file is not known');
tokens.install(require.cache[file]);
const faster = require(file).resolve;

let state = Number(seed);
const random = (below) => {
  state = (state * 1103515245 + 12345) % 2147483648;
  return Math.floor((state / 2147483648) * below);
};

const app = new cdktf.App({ outdir: path.join(folder, 'out') });
const stack = new cdktf.TerraformStack(app, 'stack');
const other = new cdktf.TerraformStack(app, 'other');
const variable = new cdktf.TerraformVariable(stack, 'variable', {});
const far = new cdktf.TerraformVariable(other, 'far', {});
const { Fn, Lazy, Token } = cdktf;
const scalars = [
  'text', '', 'with ${aws_vpc.x.id}', '$${escaped}', '1e5', '-1.5e+10', '7|e|3', 'x'.repeat(300), '%{if}', '#{TfToken[',
  'String Map Token Value', 'Any Map Token Value', 0, -0, 1, -1, -123456789, 1.5, 1e300, -1e300, NaN, Infinity, true, false,
  null, undefined, new Date(0), () => 1, variable.stringValue, `in ${variable.stringValue} text`, far.stringValue,
  Token.asNumber(variable.value), `n${Token.asNumber(variable.value)}`, variable.value, Token.asList(variable.value),
  Token.asStringMap(variable.value), Token.asNumberList(variable.value), Token.asAnyMap(variable.value),
  Fn.join('-', ['a', variable.stringValue]), Fn.lookup({ a: 1 }, 'a', 2), Lazy.anyValue({ produce: () => ({ b: [1, undefined] }) }),
  Lazy.stringValue({ produce: () => undefined }), variable, Object.create(null), new (class { a = 1; })(), [undefined], [, 1], {},
];
const keys = ['a', 'b_c', 'tags', '1', variable.stringValue, '&{TfToken[TOKEN.0]}', 'resolve', '1e5', '__proto__x'];
const value = (depth) => {
  const kind = random(depth > 4 ? 1 : 3);
  if (kind === 1) return Array.from({ length: random(4) }, () => value(depth + 1));
  if (kind === 2) return Object.fromEntries(Array.from({ length: random(4) }, () => [keys[random(keys.length)], value(depth + 1)]));
  return scalars[random(scalars.length)];
};
const deep = (levels, end) => (levels === 0 ? end : { inner: deep(levels - 1, end) });
const values = [...scalars, ...[198, 199, 200, 201, 202].flatMap((levels) => [deep(levels, 1), deep(levels, variable.value), deep(levels, [])])];
for (let count = 0; count < 2_000; count += 1) values.push(value(0));

const outcome = (resolve, it, preparing, prefix) => {
  const resolver = new cdktf.DefaultTokenResolver(new cdktf.StringConcat());
  try {
    const found = resolve(it, { scope: stack, resolver, preparing, prefix });
    return { found, keys: JSON.stringify(found) };
  } catch (error) {
    return { error: error.message };
  }
};
console.warn = () => {};
let compared = 0;
for (const it of values) {
  for (const [preparing, prefix] of [[false, undefined], [true, ['start']]]) {
    compared += 1;
    const [one, two] = [original, faster].map((resolve) => outcome(resolve, it, preparing, prefix));
    if (!util.isDeepStrictEqual(one, two)) {
      console.log('different:', util.inspect({ it, one, two }, { depth: 6 }).slice(0, 2_000));
      process.exitCode = 1;
    }
  }
}
console.log(compared);
