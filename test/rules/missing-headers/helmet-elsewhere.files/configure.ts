import type { Express } from 'express';
import helmet from 'helmet';

export const configure = (app: Express): void => {
	app.use(helmet());
};
