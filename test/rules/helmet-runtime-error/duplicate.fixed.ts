import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			...helmet.contentSecurityPolicy.getDefaultDirectives(),
			'script-src': ["'self'", 'https://cdn.example.com'],
		},
	},
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
