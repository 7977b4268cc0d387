import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		useDefaults: false,
		directives: {
			defaultSrc: ["'self'"],
			baseUri: ["'self'"],
			formAction: ["'self'"],
		},
	},
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
