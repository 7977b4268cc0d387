import express from 'express';
import helmet from 'helmet';

const app = express();

app.use(helmet({
	contentSecurityPolicy: {
		directives: {
			...helmet.contentSecurityPolicy.getDefaultDirectives(),
			scriptSrc: ["'self'", 'https://cdn.example.com'],
//	^^^^^^^^^ error
		},
	},
}));

app.get('/', (_req, res) => {
	res.send('hello');
});
