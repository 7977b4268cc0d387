import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		useDefaults: false,
//^^^^^^^^^^^^^^^^^^ info
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: ["'self'", 'https://cdn.example.com'],
		},
	},
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
