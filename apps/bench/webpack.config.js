const { join } = require('node:path');

const { NxAppWebpackPlugin } = require('@nx/webpack/app-plugin');

/** Each is a process of its own; the probe is loaded into the servers by Node's `--require`. */
const PROCESSES = {
  raw: 'arms/servers/raw.ts',
  recovery: 'arms/servers/recovery.ts',
  'insert-one': 'arms/servers/insert-one.ts',
  tutorial: 'arms/servers/tutorial.ts',
  'bare-nest': 'arms/servers/bare-nest.ts',
  generator: 'load/generator.ts',
  probe: 'probe/probe.ts',
};

module.exports = {
  output: { path: join(__dirname, '../../dist/apps/bench'), clean: true },
  devtool: 'source-map',
  plugins: [
    new NxAppWebpackPlugin({
      target: 'node',
      compiler: 'tsc',
      main: './src/main.ts',
      tsConfig: './tsconfig.app.json',
      additionalEntryPoints: Object.entries(PROCESSES).map(([entryName, path]) => ({
        entryName,
        entryPath: join(__dirname, 'src', path),
      })),
      typeCheckOptions: false,
      generatePackageJson: false,
      optimization: false,
      outputHashing: 'none',
      sourceMap: true,
    }),
  ],
};
