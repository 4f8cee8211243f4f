// Builds the resources of synthesised stacks again, from the bindings of CDKTF in plain JavaScript.
//
// node cdktf.cjs eager|lazy FROM TO: `eager` reads the whole provider at once, as `import * as aws` does; `lazy` one
// namespace at a time. References are text already, so it reads no attribute of what it makes.
'use strict';
const fs = require('fs');
const path = require('path');
const { App, S3Backend, TerraformOutput, TerraformStack } = require('cdktf');

const [imports, from, to] = process.argv.slice(2);
const MAPS = new Set(['statement', 'tags', 'variables']); // their keys are data, not names of attributes
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());

function camelled(value) {
  if (Array.isArray(value)) return value.map(camelled);
  if (value === null || typeof value !== 'object') return value;
  const pairs = Object.entries(value).filter(([name]) => name !== '//');
  return Object.fromEntries(pairs.map(([name, inner]) => [camel(name), MAPS.has(name) ? inner : camelled(inner)]));
}

const root = path.dirname(require.resolve('@cdktf/provider-aws/package.json'));
if (imports === 'eager') require('@cdktf/provider-aws');
const classes = new Map();
function classOf(type, prefix) {
  const name = prefix + type.replace(/^aws_/, '');
  if (!classes.has(name)) {
    const namespace = require(path.join(root, 'lib', name.replaceAll('_', '-')));
    classes.set(name, Object.values(namespace).find((one) => one.tfResourceType === type));
  }
  return classes.get(name);
}

const app = new App({ outdir: to });
for (const name of fs.readdirSync(from)) {
  const raw = JSON.parse(fs.readFileSync(path.join(from, name, 'cdk.tf.json'), 'utf8'));
  const stack = new TerraformStack(app, name);
  const { AwsProvider } = require(path.join(root, 'lib/provider'));
  const providers = {};
  for (const one of raw.provider.aws) {
    const provider = new AwsProvider(stack, one.alias ?? 'aws', camelled(one));
    providers[provider.fqn] = provider;
  }
  if (raw.terraform.backend.s3) new S3Backend(stack, camelled(raw.terraform.backend.s3));
  for (const [section, prefix] of [['data', 'data_aws_'], ['resource', '']]) {
    for (const [type, things] of Object.entries(raw[section] ?? {})) {
      for (const [id, body] of Object.entries(things)) {
        const { provider, depends_on, ...rest } = body;
        const thing = new (classOf(type, prefix))(stack, `${type}-${id}`, { ...camelled(rest), provider: providers[provider] });
        thing.overrideLogicalId(id);
        thing.dependsOn = depends_on;
      }
    }
  }
  for (const [id, body] of Object.entries(raw.output ?? {})) new TerraformOutput(stack, id, body);
}
app.synth();
