import express from 'express';
import helmet from 'helmet';

function createApp(stage: 'development' | 'production'): express.Express {
	const app = express();
	app.use(helmet({ contentSecurityPolicy: stage === 'production', frameguard: { action: 'allow-from' } as never }));
	app.use((_req, res, next) => {
		res.setHeader('X-XSS-Protection', '1; mode=block');
		next();
	});
	return app;
}

describe('the app', () => {
	it('has a policy in production only', () => createApp('production'));
});
