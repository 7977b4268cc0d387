// The keyword lacks its single quotes: helmet 8 throws, and the app does not start.
import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(
	helmet({
		contentSecurityPolicy: {
			directives: {
				defaultSrc: ['self'],
			},
		},
	}),
);

app.get('/', (_req, res) => {
	res.send('hello');
});

export default app;
