import 'reflect-metadata';

import { Logger } from '@nestjs/common';

// Specs provoke faults on purpose; what the server would log of them is noise.
Logger.overrideLogger(false);
