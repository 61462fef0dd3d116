const { existsSync } = require('node:fs');
const { join } = require('node:path');

const { NxAppWebpackPlugin } = require('@nx/webpack/app-plugin');

module.exports = {
  output: { path: join(__dirname, '../../dist/apps/api'), clean: true },
  devtool: 'source-map',
  plugins: [
    new NxAppWebpackPlugin({
      target: 'node',
      compiler: 'tsc',
      main: './src/main.ts',
      tsConfig: './tsconfig.app.json',
      additionalEntryPoints: [
        { entryName: 'create-user', entryPath: join(__dirname, 'src/create-user.ts') },
        { entryName: 'backup', entryPath: join(__dirname, 'src/backup.ts') },
        { entryName: 'restore', entryPath: join(__dirname, 'src/restore.ts') },
        { entryName: 'bench-data', entryPath: join(__dirname, 'src/bench-data.ts') },
        { entryName: 'query-bench', entryPath: join(__dirname, 'src/query-bench.ts') },
      ].filter(({ entryPath }) => existsSync(entryPath)),
      assets: [{ glob: 'protocol.md', input: 'docs', output: 'docs' }],
      transformers: [
        {
          name: '@nestjs/swagger/plugin',
          options: {
            dtoFileNameSuffix: ['.dto.ts', 'error-body.ts'],
            controllerFileNameSuffix: ['.controller.ts'],
            classValidatorShim: true,
            introspectComments: true,
          },
        },
      ],
      // The loader checks types already: the transformer reads them.
      typeCheckOptions: false,
      generatePackageJson: false,
      optimization: false,
      outputHashing: 'none',
      sourceMap: true,
    }),
  ],
};
