const { join } = require('node:path');

const { NxAppWebpackPlugin } = require('@nx/webpack/app-plugin');

module.exports = {
  output: { path: join(__dirname, '../../dist/apps/faults'), clean: true },
  devtool: 'source-map',
  plugins: [
    new NxAppWebpackPlugin({
      target: 'node',
      compiler: 'tsc',
      main: './src/main.ts',
      tsConfig: './tsconfig.app.json',
      // Loaded into the built API from outside, by Node's `--require`.
      additionalEntryPoints: [
        { entryName: 'fail-points', entryPath: join(__dirname, 'src/fail-points/fail-points.ts') },
      ],
      typeCheckOptions: false,
      generatePackageJson: false,
      optimization: false,
      outputHashing: 'none',
      sourceMap: true,
    }),
  ],
};
