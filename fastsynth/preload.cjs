// Loaded before everything else into the Node that fastsynth starts; written so that the oldest Node can read it.
'use strict';
var OLDEST = 20;
var EXIT_CODE_TOO_OLD = 87; // node.py knows it

if (parseInt(process.versions.node, 10) < OLDEST) process.exit(EXIT_CODE_TOO_OLD);
require('./kernel.cjs');
