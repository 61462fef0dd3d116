import type { PublishedWheel } from '../wheel/published-wheel';

/**
 * SecantusDB's native server `secantusd-rs` speaks the MongoDB protocol and comes in a wheel on PyPI. It needs no
 * Python to run. GPL-2.0: it is fetched by the one who uses it and runs as a process of its own; we ship nothing of it.
 */
export const SECANTUSDB_VERSION = '0.6.0b17';

const REQUIREMENT = `SecantusDB==${SECANTUSDB_VERSION}`;
const ALONGSIDE = ['secantusdb.libs/'];

/** The wheel for CPython 3.12 on each system; the server in it does not depend on the Python version. */
const WHEELS: Readonly<Record<string, PublishedWheel>> = {
  'linux-x64': {
    requirement: REQUIREMENT,
    fileName: 'secantusdb-0.6.0b17-cp312-cp312-manylinux_2_28_x86_64.whl',
    sha256: 'a77fc08b43232ae420f9b3824c0342a1e58d657a8eb9daa86c3c16fd91e255f0',
    pipPlatform: 'manylinux_2_28_x86_64',
    executable: 'secantusdb.scripts/secantusd-rs',
    alongside: ALONGSIDE,
  },
  'linux-arm64': {
    requirement: REQUIREMENT,
    fileName: 'secantusdb-0.6.0b17-cp312-cp312-manylinux_2_28_aarch64.whl',
    sha256: '46b234b7f374faa10a6354c1d34ae17f36afa0c9ff8f70398df36f2b3aaf1a98',
    pipPlatform: 'manylinux_2_28_aarch64',
    executable: 'secantusdb.scripts/secantusd-rs',
    alongside: ALONGSIDE,
  },
  'darwin-arm64': {
    requirement: REQUIREMENT,
    fileName: 'secantusdb-0.6.0b17-cp312-cp312-macosx_11_0_arm64.whl',
    sha256: 'bc8dae439d5990768870381911e48ee662f3f8b14192d4595c6b36cfa0c6e1e5',
    pipPlatform: 'macosx_11_0_arm64',
    executable: 'secantusdb-0.6.0b17.data/scripts/secantusd-rs',
    alongside: ALONGSIDE,
  },
  'win32-x64': {
    requirement: REQUIREMENT,
    fileName: 'secantusdb-0.6.0b17-cp312-cp312-win_amd64.whl',
    sha256: 'f220e6333af168949a977f087c6f52253dfe6f538953e35f65fdd2eed6193ddf',
    pipPlatform: 'win_amd64',
    executable: 'secantusdb-0.6.0b17.data/scripts/secantusd-rs.exe',
    alongside: ALONGSIDE,
  },
};

/** The wheel for a system, or null where none is published. */
export function wheelFor(platform: string, architecture: string): PublishedWheel | null {
  return WHEELS[`${platform}-${architecture}`] ?? null;
}
