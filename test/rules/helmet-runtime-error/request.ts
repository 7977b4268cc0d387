import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			defaultSrc: ["'self'"],
			scriptSrc: [() => 'nonce-r4nd0m'],
//	                   ^^^^^^^^^^^^ error
		},
	},
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
