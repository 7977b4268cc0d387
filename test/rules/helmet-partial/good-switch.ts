import express from 'express';
import helmet from 'helmet';

export function serve(config: { helmetOptions?: false | object }): void {
	const app = express();
	if (config.helmetOptions !== false) app.use(helmet());
	app.get('/health', (_req, res) => {
		res.send('<p>Hello</p>');
	});
	app.get('/', (_req, res) => {
		res.send('<p>Hello</p>');
	});
	app.listen(3000);
}
